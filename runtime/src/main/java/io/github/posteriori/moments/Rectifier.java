package io.github.posteriori.moments;

/**
 * ReLU of Gaussian numbers, in closed form: the larger of each and 0. Source: Frey and Hinton 1999,
 * "Variational learning in nonlinear Gaussian belief networks".
 */
final class Rectifier implements MomentMap {

  @Override
  public Moments forward(Moments x) {
    float[] means = new float[x.means().length];
    if (x.isExact()) {
      for (int i = 0; i < means.length; i++) {
        means[i] = Math.max(x.means()[i], 0);
      }
      return Moments.exact(x.count(), means);
    }
    float[] variances = new float[means.length];
    new LargerOfTwo().fold(x.means(), x.variances(), means, variances);
    return new Moments(x.count(), means, variances);
  }
}
