package io.github.posteriori.uncertainty;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The part of a prediction's variance that counts as its uncertainty. */
public enum Uncertainty {
  /** The variance that more data would remove. */
  EPISTEMIC {
    @Override
    INDArray variances(Predictive prediction) {
      return prediction.epistemic();
    }
  },

  /** The variance inherent in the data. */
  ALEATORIC {
    @Override
    INDArray variances(Predictive prediction) {
      return prediction.aleatoric();
    }
  },

  /** The sum of both. */
  BOTH {
    @Override
    INDArray variances(Predictive prediction) {
      return prediction.epistemic().add(prediction.aleatoric());
    }
  };

  /** Returns the variances, {@code [batch, classes]}. */
  abstract INDArray variances(Predictive prediction);

  /** Returns the uncertainty of each image: the sum of the variances of its class probabilities. */
  public double[] of(Predictive prediction) {
    return variances(prediction).sum(1).toDoubleVector();
  }
}
