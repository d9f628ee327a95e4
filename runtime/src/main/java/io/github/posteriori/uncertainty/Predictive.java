package io.github.posteriori.uncertainty;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The predictive distribution over classes of a batch of images, and its uncertainty; all arrays
 * are of type double.
 */
public interface Predictive {

  /** The class probabilities, averaged over posterior samples: {@code [batch, classes]}. */
  INDArray probabilities();

  /** The variance that more data would remove: {@code [batch, classes]}. */
  INDArray epistemic();

  /** The variance inherent in the data: {@code [batch, classes]}. */
  INDArray aleatoric();

  /** The entropy of the probabilities in nats: {@code [batch]}. */
  INDArray entropy();

  /** The mutual information of class and weights in nats: {@code [batch]}. */
  INDArray mutualInformation();
}
