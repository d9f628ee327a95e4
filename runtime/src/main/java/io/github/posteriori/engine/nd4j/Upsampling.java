package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.UpsampleLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Upsampling: {@code y[i, j] = x[i / rows, j / columns]}, rounded down; gradients are summed. */
final class Upsampling implements Operation {
  private final UpsampleLayer layer;

  Upsampling(UpsampleLayer layer) {
    this.layer = layer;
  }

  @Override
  public INDArray forward(INDArray x) {
    return x.repeat(2, layer.rows()).repeat(3, layer.columns());
  }

  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    int height = layer.input().height();
    int width = layer.input().width();
    return dy.reshape('c', dy.size(0), dy.size(1), height, layer.rows(), width, layer.columns())
        .sum(3, 5);
  }
}
