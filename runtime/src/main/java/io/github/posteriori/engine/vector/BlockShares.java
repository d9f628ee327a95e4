package io.github.posteriori.engine.vector;

import java.util.ArrayList;
import java.util.List;

/** Holds the gradients by the weights of a map that the blocks of a batch leave. */
final class BlockShares {
  private final int weights;
  private final List<float[]> shares = new ArrayList<>();

  BlockShares(int weights) {
    this.weights = weights;
  }

  void reserve(int blocks) {
    while (shares.size() < blocks) {
      shares.add(new float[weights]);
    }
  }

  /**
   * The gradient of block {@code index} of the batch: {@code [out, in / groups, rows, columns]}.
   */
  float[] of(int index) {
    return shares.get(index);
  }

  /** Adds up the blocks' gradients by some weights, from the first block to the last. */
  void collect(int from, int count, int blocks, float[] target) {
    System.arraycopy(shares.get(0), from, target, 0, count);
    for (int b = 1; b < blocks; b++) {
      LinearWeights.add(shares.get(b), from, target, count);
    }
  }
}
