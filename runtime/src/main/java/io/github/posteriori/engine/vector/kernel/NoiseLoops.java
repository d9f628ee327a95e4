package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.layers.AffineLayer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Draws outputs from their means and variances. */
public final class NoiseLoops {
  /** Keeps the derivative of the root finite where nothing flows in. */
  private static final float LEAST_VARIANCE = (float) AffineLayer.LEAST_VARIANCE;

  private NoiseLoops() {}

  /** Draws y = m + sqrt(v) eps. */
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

  /** Draws as {@link #sample}, and writes sqrt(v) to {@code deviations}. */
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

  /**
   * Draws dropout's mask, scaled: 0 where u is below {@code probability}, else 1 / (1 - p).
   *
   * @param u uniform in [0, 1)
   */
  public static void mask(float[] u, double probability, float[] mask, int to, int count) {
    FloatVector scale = FloatVector.broadcast(FLOATS, (float) (1 / (1 - probability)));
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector drawn = FloatVector.fromArray(FLOATS, u, i);
      zero.blend(scale, drawn.compare(VectorOperators.GE, (float) probability))
          .intoArray(mask, to + i);
    }
  }

  /** Computes k = eps / (2 sqrt(v)), the derivative of a draw by v. */
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
