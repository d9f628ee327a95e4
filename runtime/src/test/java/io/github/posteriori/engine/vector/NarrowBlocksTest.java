package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.DrawnNetworksContract;

/** On networks drawn at random, narrow blocks compute what is defined. */
class NarrowBlocksTest extends DrawnNetworksContract {
  @Override
  protected String engine() {
    return NarrowBlocksProvider.NAME;
  }

  @Override
  protected int networks() {
    return 50;
  }
}
