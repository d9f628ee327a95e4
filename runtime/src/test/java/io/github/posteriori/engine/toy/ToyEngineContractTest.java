package io.github.posteriori.engine.toy;

import io.github.posteriori.engine.EngineContract;
import io.github.posteriori.engine.Net;
import java.util.List;

/** An engine is one package and one line among the services: nothing else knows of this one. */
class ToyEngineContractTest extends EngineContract {
  @Override
  protected String engine() {
    return "toy";
  }

  /** The toy asks the definition itself, so that few layers tell whether it asks rightly. */
  @Override
  protected List<Net> layers() {
    return Net.everyLayer().subList(0, 3);
  }

  @Override
  protected List<Net> networks() {
    return Net.networks().subList(0, 2);
  }
}
