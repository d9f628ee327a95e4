package io.github.posteriori.moments;

import io.github.posteriori.layers.ActivationLayer;

/**
 * Leaky ReLU of slope s below 0, in closed form: y = r - s r' with r = max(x, 0) and r' = max(-x,
 * 0), of which one is always 0, so that E r r' = 0 and
 *
 * <pre>
 *   E y   = E r - s E r'
 *   Var y = Var r + s^2 Var r' + 2 s E r E r'
 * </pre>
 */
final class LeakyRectifier implements MomentMap {
  private static final float SLOPE = (float) ActivationLayer.LEAK;

  private final Rectifier rectifier = new Rectifier();

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float[] opposite = spare.take(x.means().length);
    for (int i = 0; i < opposite.length; i++) {
      opposite[i] = -x.means()[i];
    }
    Moments above = rectifier.forward(x, spare);
    Moments below = rectifier.forward(new Moments(x.count(), opposite, x.variances()), spare);
    float[] means = spare.take(opposite.length);
    float[] variances = spare.take(x.variances().length);
    for (int i = 0; i < variances.length; i++) {
      variances[i] =
          above.variances()[i]
              + SLOPE * SLOPE * below.variances()[i]
              + 2 * SLOPE * above.means()[i] * below.means()[i];
    }
    for (int i = 0; i < means.length; i++) {
      means[i] = above.means()[i] - SLOPE * below.means()[i];
    }
    spare.giveBack(opposite);
    spare.giveBack(above);
    spare.giveBack(below);
    return new Moments(x.count(), means, variances);
  }
}
