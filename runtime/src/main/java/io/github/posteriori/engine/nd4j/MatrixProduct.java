package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix product, y = x W', with x {@code [batch, in]} and W {@code [out, in]}. */
final class MatrixProduct implements LinearMap {

  @Override
  public INDArray apply(INDArray x, INDArray w, INDArray b) {
    INDArray y = x.mmul(w.transpose());
    return b == null ? y : y.addiRowVector(b);
  }

  /** Returns dx = dy W, dW = dy' x, db = sum of dy over the batch. */
  @Override
  public Gradients gradients(
      INDArray x, INDArray w, INDArray dy, boolean wantsInput, boolean wantsBias) {
    return new Gradients(
        wantsInput ? dy.mmul(w) : null, dy.transpose().mmul(x), wantsBias ? dy.sum(0) : null);
  }
}
