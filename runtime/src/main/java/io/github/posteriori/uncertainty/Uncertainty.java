package io.github.posteriori.uncertainty;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Which part of a prediction's variance counts as its uncertainty. */
public enum Uncertainty {
  /** What more data would remove. */
  EPISTEMIC {
    @Override
    INDArray variances(Predictive prediction) {
      return prediction.epistemic();
    }
  },

  /** What lies in the data. */
  ALEATORIC {
    @Override
    INDArray variances(Predictive prediction) {
      return prediction.aleatoric();
    }
  },

  /** Their sum. */
  BOTH {
    @Override
    INDArray variances(Predictive prediction) {
      return prediction.epistemic().add(prediction.aleatoric());
    }
  };

  /** {@code [batch, classes]}. */
  abstract INDArray variances(Predictive prediction);

  /** The uncertainty of each image: the variances of its classes' probabilities, summed. */
  public double[] of(Predictive prediction) {
    return variances(prediction).sum(1).toDoubleVector();
  }
}
