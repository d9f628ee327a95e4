package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.DrawnNetworksContract;

/** On networks drawn at random, the vector engine computes what is defined. */
class DrawnNetworksTest extends DrawnNetworksContract {
  @Override
  protected String engine() {
    return "vector";
  }

  @Override
  protected int networks() {
    return 100;
  }
}
