package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Transposed convolution, the adjoint of the {@link Convolution} of the same filters from its
 * outputs to its inputs: {@code y[o, stride row + dilation r - padding, ...] = sum_i sum_rc W[i, o,
 * r, c] x[i, row, ...]}, with W {@code [in, out / groups, rows, columns]}. So the convolution's
 * gradient by its input is y, and the convolution of dy the gradient by x.
 */
final class TransposedConvolution implements LinearMap {
  private final Convolution adjoint;
  private final Shape.Image output;

  TransposedConvolution(ConvTransposeLayer layer) {
    this.adjoint = new Convolution(layer.filters(), layer.input());
    this.output = layer.output();
  }

  @Override
  public INDArray apply(INDArray x, INDArray w, INDArray b) {
    INDArray nothing = Nd4j.zeros(x.dataType(), output.batch(x.size(0)));
    INDArray y = adjoint.gradients(nothing, w, x, true, false).x();
    return b == null ? y : y.addi(b.reshape(1, b.length(), 1, 1));
  }

  @Override
  public Gradients gradients(
      INDArray x, INDArray w, INDArray dy, boolean wantsInput, boolean wantsBias) {
    return new Gradients(
        wantsInput ? adjoint.apply(dy, w, null) : null,
        adjoint.gradients(dy, w, x, false, false).w(),
        wantsBias ? dy.sum(0, 2, 3) : null);
  }
}
