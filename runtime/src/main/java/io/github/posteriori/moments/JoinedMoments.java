package io.github.posteriori.moments;

import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.JoinLayer;
import java.util.Arrays;
import java.util.List;

/**
 * Joins of several outputs, which are taken to be independent: sums add their means and their
 * variances. Where one output is a function of the other, as in a residual network, it is not so.
 */
final class JoinedMoments {
  private JoinedMoments() {}

  /** Joins the inputs of a layer, in order. */
  static Moments of(JoinLayer layer, List<Moments> inputs, SpareArrays spare) {
    int count = inputs.get(0).count();
    boolean isExact = inputs.stream().allMatch(Moments::isExact);
    float[] means = spare.take(count * layer.output().size());
    float[] variances = spare.take(isExact ? 0 : means.length);
    Arrays.fill(means, 0);
    Arrays.fill(variances, 0);
    int at = 0;
    for (Moments input : inputs) {
      addTo(means, at, input.means());
      addTo(variances, at, input.variances());
      at += layer instanceof ConcatLayer ? input.means().length : 0;
    }
    return new Moments(count, means, variances);
  }

  private static void addTo(float[] sum, int at, float[] more) {
    for (int i = 0; i < more.length; i++) {
      sum[at + i] += more[i];
    }
  }
}
