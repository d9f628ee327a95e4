package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.EngineContract;

class VectorEngineContractTest extends EngineContract {
  @Override
  protected String engine() {
    return "vector";
  }
}
