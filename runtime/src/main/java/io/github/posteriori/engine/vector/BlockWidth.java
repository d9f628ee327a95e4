package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.vector.kernel.Lanes;

/** Chooses the width of a network's blocks. */
final class BlockWidth {
  private BlockWidth() {}

  static int of(Network network) {
    return Integer.getInteger("width", Lanes.FULL);
  }
}
