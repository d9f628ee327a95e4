package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.EngineContract;
import io.github.posteriori.engine.Net;
import java.util.List;

class Nd4jEngineContractTest extends EngineContract {
  @Override
  protected String engine() {
    return "nd4j";
  }

  /** The definition need not be compared with itself. */
  @Override
  protected List<Net> layers() {
    return List.of();
  }

  @Override
  protected List<Net> networks() {
    return List.of();
  }
}
