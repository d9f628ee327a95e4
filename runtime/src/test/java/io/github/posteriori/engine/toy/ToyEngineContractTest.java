package io.github.posteriori.engine.toy;

import io.github.posteriori.engine.EngineContract;

/** An engine is one package and one line among the services: nothing else knows of this one. */
class ToyEngineContractTest extends EngineContract {
  @Override
  protected String engine() {
    return "toy";
  }
}
