package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erfc;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The standard normal distribution. */
final class NormalDistribution {
  private NormalDistribution() {}

  /** Returns the distribution function, {@code Phi(x) = erfc(-x / sqrt(2)) / 2}. */
  static INDArray below(INDArray x) {
    INDArray scaled = x.mul(-Math.sqrt(0.5));
    return Nd4j.getExecutioner().exec(new Erfc(scaled, scaled)).muli(0.5);
  }

  /** Returns the density, {@code phi(x) = exp(-x^2 / 2) / sqrt(2 pi)}. */
  static INDArray density(INDArray x) {
    return Transforms.exp(x.mul(x).muli(-0.5), false).muli(1 / Math.sqrt(2 * Math.PI));
  }
}
