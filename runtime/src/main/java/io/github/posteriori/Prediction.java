package io.github.posteriori;

import io.github.posteriori.uncertainty.GaussianLogits;
import io.github.posteriori.uncertainty.Predictive;
import io.github.posteriori.uncertainty.PredictiveMoments;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Class probabilities averaged over posterior samples, with their uncertainty.
 *
 * <p>With probabilities p_t of sample t of T and their mean p: epistemic is the diagonal of {@code
 * (1/T) sum (p_t - p) (p_t - p)'}, aleatoric that of {@code diag(p) - (1/T) sum p_t p_t'}; the two
 * add up to {@code p - p^2}. Source: Kwon et al. 2018, "Uncertainty quantification using Bayesian
 * neural networks in classification".
 *
 * @param probabilities p, {@code [batch, classes]}; all arrays are of type double
 * @param epistemic variance that more data would remove, {@code [batch, classes]}
 * @param aleatoric variance inherent in the data, {@code [batch, classes]}
 * @param entropy of p in nats, {@code [batch]}
 * @param mutualInformation between class and weights in nats: the entropy of p less the mean
 *     entropy of p_t, {@code [batch]}
 * @param samples T, the number of posterior samples; 0 if the prediction is of moments, see {@link
 *     BayesModule#predictMoments}
 */
public record Prediction(
    INDArray probabilities,
    INDArray epistemic,
    INDArray aleatoric,
    INDArray entropy,
    INDArray mutualInformation,
    int samples)
    implements Predictive {

  /** Creates the prediction from the samples added to {@code moments}. */
  public static Prediction of(PredictiveMoments moments) {
    return new Prediction(
        moments.probabilities(),
        moments.epistemic(),
        moments.aleatoric(),
        moments.entropy(),
        moments.mutualInformation(),
        moments.samples());
  }

  /** Creates the prediction from the moments of logits, without posterior samples. */
  static Prediction of(GaussianLogits logits) {
    return new Prediction(
        logits.probabilities(),
        logits.epistemic(),
        logits.aleatoric(),
        logits.entropy(),
        logits.mutualInformation(),
        0);
  }

  /** Returns the most probable class of each image. */
  @SuppressWarnings("try") // a workspace scope works by being open
  public int[] classes() {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return probabilities.argMax(1).toIntVector();
    }
  }
}
