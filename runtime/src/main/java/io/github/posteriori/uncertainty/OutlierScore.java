package io.github.posteriori.uncertainty;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A score that should be higher for images outside the training distribution. */
public enum OutlierScore {
  /** The entropy of the averaged probabilities, in nats. */
  ENTROPY {
    @Override
    INDArray scores(Predictive prediction) {
      return prediction.entropy();
    }
  },

  /** The mutual information between class and weights, in nats. */
  MUTUAL_INFORMATION {
    @Override
    INDArray scores(Predictive prediction) {
      return prediction.mutualInformation();
    }
  },

  /** The epistemic uncertainty, summed over classes. */
  EPISTEMIC {
    @Override
    INDArray scores(Predictive prediction) {
      return prediction.epistemic().sum(1);
    }
  },

  /**
   * One minus the largest probability, {@code 1 - max_k p_k}. Source: Hendrycks and Gimpel 2017,
   * arXiv 1610.02136.
   */
  MAX_PROBABILITY {
    @Override
    INDArray scores(Predictive prediction) {
      return prediction.probabilities().max(1).rsub(1);
    }
  };

  /** Returns the score of each image, {@code [batch]}. */
  abstract INDArray scores(Predictive prediction);

  /** Returns the score of each image. */
  @SuppressWarnings("try") // a workspace scope works by being open
  public double[] of(Predictive prediction) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return scores(prediction).toDoubleVector();
    }
  }

  /** Returns a value for each score, in their order. */
  public static <V> Map<OutlierScore, V> each(Function<OutlierScore, V> value) {
    Map<OutlierScore, V> values = new EnumMap<>(OutlierScore.class);
    Arrays.stream(values()).forEach(score -> values.put(score, value.apply(score)));
    return values;
  }
}
