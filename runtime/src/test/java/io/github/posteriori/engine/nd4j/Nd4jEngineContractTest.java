package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.EngineContract;

class Nd4jEngineContractTest extends EngineContract {
  @Override
  protected String engine() {
    return "nd4j";
  }
}
