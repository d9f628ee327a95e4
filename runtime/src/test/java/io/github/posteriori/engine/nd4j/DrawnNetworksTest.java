package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.DrawnNetworksContract;

/** On networks drawn at random, the ops of ND4J give in floats what they give in double. */
class DrawnNetworksTest extends DrawnNetworksContract {
  @Override
  protected String engine() {
    return Nd4jEngine.NAME;
  }

  @Override
  protected int networks() {
    return 40;
  }
}
