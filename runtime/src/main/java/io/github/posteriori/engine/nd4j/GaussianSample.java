package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.Posterior;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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

  /** The number of weights that are kept. */
  int kept() {
    return posterior.mask().map(Mask::kept).orElse(posterior.size());
  }

  /** Returns the numbers of the weights kept, of those of all weights; a 0 where none is kept. */
  INDArray ofKept(INDArray all) {
    return posterior.mask().map(mask -> select(mask, all)).orElse(all);
  }

  private static INDArray select(Mask mask, INDArray all) {
    return mask.kept() == 0
        ? Nd4j.zeros(all.dataType(), 1)
        : Nd4j.createFromArray(mask.select(all.dup('c').data().asFloat())).castTo(all.dataType());
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
