package io.github.posteriori.moments;

import io.github.posteriori.layers.PoolLayer;

/**
 * The largest of the numbers in each window, in the order of its taps: the larger of the first two,
 * taken to be Gaussian, meets the third, and so on ({@link LargerOfTwo}).
 */
final class LargestOfWindow implements MomentMap {
  /** Stands for what lies in the padding, and is never the largest. */
  private static final float LEAST = -1e30f;

  private final WindowTaps taps;

  LargestOfWindow(PoolLayer layer) {
    this.taps = new WindowTaps(layer);
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float[] means = spare.take(x.count() * taps.outputs());
    if (x.isExact()) {
      largest(x, means, spare);
      return Moments.exact(x.count(), means);
    }
    float[] variances = spare.take(means.length);
    int together = Math.max(1, LargerOfTwo.TOGETHER / x.count());
    LargerOfTwo pairs = new LargerOfTwo(together * x.count());
    for (int from = 0; from < taps.outputs(); from += together) {
      int windows = Math.min(together, taps.outputs() - from);
      int numbers = windows * x.count();
      taps.read(0, from, windows, x.means(), x.count(), LEAST, pairs.m2);
      taps.read(0, from, windows, x.variances(), x.count(), 0, pairs.v2);
      for (int tap = 1; tap < taps.count(); tap++) {
        taps.read(tap, from, windows, x.means(), x.count(), LEAST, pairs.m1);
        taps.read(tap, from, windows, x.variances(), x.count(), 0, pairs.v1);
        pairs.fold(numbers);
      }
      System.arraycopy(pairs.m2, 0, means, from * x.count(), numbers);
      System.arraycopy(pairs.v2, 0, variances, from * x.count(), numbers);
    }
    return new Moments(x.count(), means, variances);
  }

  private void largest(Moments x, float[] largest, SpareArrays spare) {
    float[] next = spare.take(largest.length);
    taps.read(0, 0, taps.outputs(), x.means(), x.count(), LEAST, largest);
    for (int tap = 1; tap < taps.count(); tap++) {
      taps.read(tap, 0, taps.outputs(), x.means(), x.count(), LEAST, next);
      for (int i = 0; i < next.length; i++) {
        largest[i] = Math.max(largest[i], next[i]);
      }
    }
    spare.giveBack(next);
  }
}
