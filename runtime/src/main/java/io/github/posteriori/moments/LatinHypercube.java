package io.github.posteriori.moments;

import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.StandardNormal;

/**
 * Draws of independent standard normal numbers that fill space more evenly than random ones: in
 * each dimension the draws are the same quantiles, scaled to a variance of 1, in an order of its
 * own. So what is linear in one dimension has the right mean and variance. Orders are functions of
 * a fixed key, never random.
 *
 * <p>Source: McKay, Beckman and Conover 1979, "A comparison of three methods for selecting values
 * of input variables in the analysis of output from a computer code".
 */
public final class LatinHypercube {
  private static final NoiseKey KEY = NoiseKey.evaluation(0, 0);

  /** Draws of the logits of a prediction; each costs a softmax. */
  private static final int LOGITS = 64;

  private LatinHypercube() {}

  /** Returns the draws from which logits of known moments are predicted, {@code [64, classes]}. */
  public static float[][] ofLogits(int classes) {
    return normal(LOGITS, classes);
  }

  /** Returns the draws, {@code [draws, dimensions]}. */
  public static float[][] normal(int draws, int dimensions) {
    double[] quantiles = new double[draws];
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      quantiles[i] = StandardNormal.quantile((i + 0.5) / draws);
      squares += quantiles[i] * quantiles[i];
    }
    double scale = Math.sqrt(draws / squares);
    float[] uniform = KEY.of(0).uniform(0, dimensions, draws);
    float[][] normal = new float[draws][dimensions];
    int[] order = new int[draws];
    for (int k = 0; k < dimensions; k++) {
      for (int i = 0; i < draws; i++) { // Fisher and Yates's shuffle, from the inside out
        int other = (int) (uniform[k * draws + i] * (i + 1));
        order[i] = order[other];
        order[other] = i;
      }
      for (int i = 0; i < draws; i++) {
        normal[i][k] = (float) (quantiles[order[i]] * scale);
      }
    }
    return normal;
  }
}
