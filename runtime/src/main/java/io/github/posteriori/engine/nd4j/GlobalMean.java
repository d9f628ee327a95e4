package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Global average pooling: y is the mean of a channel, whose pixels share the gradient. */
final class GlobalMean implements Operation {
  private INDArray x;

  @Override
  public INDArray forward(INDArray x) {
    this.x = x;
    return x.mean(2, 3);
  }

  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    long pixels = x.size(2) * x.size(3);
    INDArray share = dy.div(pixels).reshape(x.size(0), x.size(1), 1, 1);
    return x.like().addi(share);
  }
}
