package io.github.posteriori.uncertainty;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The predictive distribution over classes of a batch of images, and how uncertain it is; all
 * arrays are of type double.
 */
public interface Predictive {

  /** Class probabilities, averaged over posterior samples: {@code [batch, classes]}. */
  INDArray probabilities();

  /** Variance that more data would remove: {@code [batch, classes]}. */
  INDArray epistemic();

  /** Variance that lies in the data: {@code [batch, classes]}. */
  INDArray aleatoric();

  /** Entropy of the probabilities in nats: {@code [batch]}. */
  INDArray entropy();

  /** Mutual information of class and weights in nats: {@code [batch]}. */
  INDArray mutualInformation();
}
