package io.github.posteriori.moments;

import io.github.posteriori.layers.PoolLayer;
import java.util.Arrays;

/**
 * The mean of the n numbers in each window, of which padding counts as zeros: the mean of their
 * means, and the sum of their variances by n^2.
 */
final class MeanOfWindow implements MomentMap {
  private final WindowTaps taps;

  MeanOfWindow(PoolLayer layer) {
    this.taps = new WindowTaps(layer);
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float share = 1f / taps.count();
    float[] means = sum(x.means(), x.count(), share, spare);
    return x.isExact()
        ? Moments.exact(x.count(), means)
        : new Moments(x.count(), means, sum(x.variances(), x.count(), share * share, spare));
  }

  private float[] sum(float[] values, int images, float factor, SpareArrays spare) {
    float[] sum = spare.take(images * taps.outputs());
    Arrays.fill(sum, 0);
    float[] next = spare.take(sum.length);
    for (int tap = 0; tap < taps.count(); tap++) {
      taps.read(tap, 0, taps.outputs(), values, images, 0, next);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += next[i] * factor;
      }
    }
    spare.giveBack(next);
    return sum;
  }
}
