package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Flattening: y = x with channels, rows and columns in one dimension. */
final class Flattening implements Operation {
  private long[] shape;

  @Override
  public INDArray forward(INDArray x) {
    shape = x.shape();
    return x.reshape('c', x.size(0), x.length() / x.size(0));
  }

  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    return dy.reshape('c', shape);
  }
}
