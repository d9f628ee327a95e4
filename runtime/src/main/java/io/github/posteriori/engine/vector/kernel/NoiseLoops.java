package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.layers.AffineLayer;
import jdk.incubator.vector.FloatVector;

/** Draws outputs from their means and variances. */
public final class NoiseLoops {
  /** Keeps the derivative of the root finite where nothing flows in. */
  private static final float LEAST_VARIANCE = (float) AffineLayer.LEAST_VARIANCE;

  private NoiseLoops() {}

  /** y = m + sqrt(v) eps. */
  public static void sample(
      float[] m, float[] v, int from, float[] eps, int noise, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector deviation = FloatVector.fromArray(FLOATS, v, from + i).add(LEAST_VARIANCE).sqrt();
      deviation
          .fma(
              FloatVector.fromArray(FLOATS, eps, noise + i),
              FloatVector.fromArray(FLOATS, m, from + i))
          .intoArray(y, to + i);
    }
  }

  /** As {@link #sample}, leaving sqrt(v) in place of v. */
  public static void sampleForTraining(
      float[] m,
      float[] v,
      int from,
      float[] eps,
      int noise,
      float[] y,
      float[] deviations,
      int to,
      int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector deviation = FloatVector.fromArray(FLOATS, v, from + i).add(LEAST_VARIANCE).sqrt();
      deviation.intoArray(deviations, to + i);
      deviation
          .fma(
              FloatVector.fromArray(FLOATS, eps, noise + i),
              FloatVector.fromArray(FLOATS, m, from + i))
          .intoArray(y, to + i);
    }
  }

  /** k = eps / (2 sqrt(v)), the derivative of a draw by v. */
  public static void slopeByVariance(
      float[] eps, int noise, float[] deviation, int from, float[] k, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, eps, noise + i)
          .mul(0.5f)
          .div(FloatVector.fromArray(FLOATS, deviation, from + i))
          .intoArray(k, to + i);
    }
  }
}
