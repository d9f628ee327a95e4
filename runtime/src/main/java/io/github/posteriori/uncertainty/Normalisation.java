package io.github.posteriori.uncertainty;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The function from logits to the class probabilities whose uncertainty is measured. */
public enum Normalisation {
  /** Softmax: {@code p_k = exp(z_k) / sum exp(z_j)}. */
  SOFTMAX {
    @Override
    double logWeight(double logit) {
      return logit;
    }
  },

  /**
   * Softplus normalisation: {@code p_k = softplus(z_k) / sum softplus(z_j)}, which does not
   * exaggerate differences between large logits. Source: Shridhar, Laumann, Liwicki 2018,
   * "Uncertainty estimations by softplus normalization in Bayesian convolutional neural networks
   * with variational inference", arXiv 1806.05978.
   */
  SOFTPLUS {
    @Override
    double logWeight(double logit) {
      // Here softplus and exp are the same double; for still smaller logits both would be 0.
      if (logit < -37) {
        return logit;
      }
      return Math.log(Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))));
    }
  };

  /**
   * Returns the log of the weight that a logit gives its class; probabilities are shares of
   * weights.
   */
  abstract double logWeight(double logit);

  /**
   * Returns the probabilities of every row, which are finite and sum to 1 for finite logits of any
   * size.
   *
   * @param logits {@code [count, classes]} row-major
   * @param classes number of classes
   * @return the probabilities, of the same shape
   * @throws IllegalArgumentException when the logits are not whole rows
   */
  public double[] probabilities(float[] logits, int classes) {
    if (classes < 1 || logits.length % classes != 0) {
      throw new IllegalArgumentException(
          logits.length + " logits, expected some for each of " + classes + " classes");
    }
    double[] logWeights = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      logWeights[i] = logWeight(logits[i]);
    }
    return Softmax.of(logWeights, classes);
  }

  /** Returns a value for each normalisation, in their order. */
  public static <V> Map<Normalisation, V> each(Function<Normalisation, V> value) {
    Map<Normalisation, V> values = new EnumMap<>(Normalisation.class);
    for (Normalisation normalisation : values()) {
      values.put(normalisation, value.apply(normalisation));
    }
    return values;
  }
}
