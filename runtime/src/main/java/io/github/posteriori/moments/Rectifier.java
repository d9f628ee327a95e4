package io.github.posteriori.moments;

import java.util.Arrays;

/**
 * ReLU of Gaussian numbers, in closed form: the larger of each and 0. Source: Frey and Hinton 1999,
 * "Variational learning in nonlinear Gaussian belief networks".
 */
final class Rectifier implements MomentMap {

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float[] means = spare.take(x.means().length);
    if (x.isExact()) {
      for (int i = 0; i < means.length; i++) {
        means[i] = Math.max(x.means()[i], 0);
      }
      return Moments.exact(x.count(), means);
    }
    float[] variances = spare.take(means.length);
    LargerOfTwo pairs = new LargerOfTwo(LargerOfTwo.TOGETHER);
    for (int from = 0; from < means.length; from += LargerOfTwo.TOGETHER) {
      int count = Math.min(LargerOfTwo.TOGETHER, means.length - from);
      System.arraycopy(x.means(), from, pairs.m1, 0, count);
      System.arraycopy(x.variances(), from, pairs.v1, 0, count);
      Arrays.fill(pairs.m2, 0);
      Arrays.fill(pairs.v2, 0);
      pairs.fold(count);
      System.arraycopy(pairs.m2, 0, means, from, count);
      System.arraycopy(pairs.v2, 0, variances, from, count);
    }
    return new Moments(x.count(), means, variances);
  }
}
