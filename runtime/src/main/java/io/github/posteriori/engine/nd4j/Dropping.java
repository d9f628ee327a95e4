package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.DropoutLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Dropout: y = x mask / (1 - p) in training, and outside where the noise's key asks for it; each
 * element of the mask is 0 with probability p and else 1. y = x elsewhere.
 */
final class Dropping implements Operation {
  private final double probability;
  private final boolean drops;
  private final LayerNoise noise;
  private INDArray scaledMask;

  Dropping(DropoutLayer layer, boolean drops, LayerNoise noise) {
    this.probability = layer.probability();
    this.drops = drops;
    this.noise = noise;
  }

  @Override
  public INDArray forward(INDArray x) {
    if (!drops) {
      return x;
    }
    scaledMask = noise.uniform(x).gte(probability).castTo(x.dataType()).divi(1 - probability);
    return x.mul(scaledMask);
  }

  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    return dy.mul(scaledMask);
  }
}
