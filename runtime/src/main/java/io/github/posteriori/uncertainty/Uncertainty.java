package io.github.posteriori.uncertainty;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
  @SuppressWarnings("try") // a workspace scope works by being open
  public double[] of(Predictive prediction) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return variances(prediction).sum(1).toDoubleVector();
    }
  }
}
