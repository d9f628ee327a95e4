package io.github.posteriori.train;

import io.github.posteriori.engine.Losses;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a step measures of its examples, with the weights before it.
 *
 * @param losses of the examples
 * @param sums over the examples: the score, and what the likelihood learns
 */
public record StepTotals(Losses losses, double[] sums) implements Serializable {

  /** Returns the means of what the likelihood learns. */
  double[] means(int examples) {
    return Arrays.stream(sums, 1, sums.length).map(sum -> sum / examples).toArray();
  }
}
