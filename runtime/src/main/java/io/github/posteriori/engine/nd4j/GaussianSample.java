package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.Posterior;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A posterior within one pass: sigma = softplus(rho), and the chain rule from sigma to rho. */
final class GaussianSample {
  private final Posterior posterior;
  private final ParameterArrays arrays;
  private final INDArray sigma;

  GaussianSample(Posterior posterior, ParameterArrays arrays) {
    this.posterior = posterior;
    this.arrays = arrays;
    this.sigma = Softplus.of(arrays.value(posterior.rho()));
  }

  INDArray mu() {
    return arrays.value(posterior.mu());
  }

  INDArray sigma() {
    return sigma;
  }

  /** Adds a gradient with respect to mu. */
  void addMuGradient(INDArray dMu) {
    arrays.gradient(posterior.mu()).addi(dMu);
  }

  /** Adds a gradient with respect to sigma: {@code d rho = d sigma * sigmoid(rho)}. */
  void addSigmaGradient(INDArray dSigma) {
    arrays
        .gradient(posterior.rho())
        .addi(Softplus.derivative(arrays.value(posterior.rho())).muli(dSigma));
  }
}
