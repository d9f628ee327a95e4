package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.Posterior;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A posterior within one pass: sigma = softplus(rho), and the way back from sigma to rho. */
final class GaussianSample {
  private final Posterior posterior;
  private final INDArray sigma;

  GaussianSample(Posterior posterior) {
    this.posterior = posterior;
    this.sigma = Softplus.of(posterior.rho().value());
  }

  INDArray mu() {
    return posterior.mu().value();
  }

  INDArray sigma() {
    return sigma;
  }

  /** Takes in a gradient by mu. */
  void addMuGradient(INDArray dMu) {
    posterior.mu().gradient().addi(dMu);
  }

  /** Takes in a gradient by sigma: {@code d rho = d sigma * sigmoid(rho)}. */
  void addSigmaGradient(INDArray dSigma) {
    posterior.rho().gradient().addi(Softplus.derivative(posterior.rho().value()).muli(dSigma));
  }
}
