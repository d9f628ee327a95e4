package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Transposed convolution, the adjoint of the {@link Convolution} of the same filters from its
 * outputs to its inputs: {@code y[o, stride row + dilation r - padding, ...] = sum_i sum_rc W[i, o,
 * r, c] x[i, row, ...]}, with W {@code [in, out / groups, rows, columns]}. So the convolution's
 * gradient by its input is y, and the convolution of dy the gradient by x.
 *
 * <p>Output padding of whole strides, which only a dilation allows, is that of as many rows and
 * columns of zeros behind x: the convolution takes the enlarged output to these as well.
 */
final class TransposedConvolution implements LinearMap {
  private final Convolution adjoint;
  private final Shape.Image input;
  private final Shape.Image enlarged;
  private final Shape.Image output;

  TransposedConvolution(ConvTransposeLayer layer) {
    Window window = layer.filters().window();
    this.input = layer.input();
    this.enlarged =
        Shape.image(
            input.channels(),
            input.height() + layer.extraRows() / window.strideRows(),
            input.width() + layer.extraColumns() / window.strideColumns());
    this.adjoint = new Convolution(layer.filters(), enlarged);
    this.output = layer.output();
  }

  @Override
  public INDArray apply(INDArray x, INDArray w, INDArray b) {
    INDArray nothing = Nd4j.zeros(x.dataType(), output.batch(x.size(0)));
    INDArray y = adjoint.gradients(nothing, w, withZeros(x), true, false).x();
    return b == null ? y : y.addi(b.reshape(1, b.length(), 1, 1));
  }

  @Override
  public Gradients gradients(
      INDArray x, INDArray w, INDArray dy, boolean wantsInput, boolean wantsBias) {
    return new Gradients(
        wantsInput ? inner(adjoint.apply(dy, w, null)) : null,
        adjoint.gradients(dy, w, withZeros(x), false, false).w(),
        wantsBias ? dy.sum(0, 2, 3) : null);
  }

  private INDArray withZeros(INDArray x) {
    if (enlarged.equals(input)) {
      return x;
    }
    INDArray all = Nd4j.zeros(x.dataType(), enlarged.batch(x.size(0)));
    part(all).assign(x);
    return all;
  }

  private INDArray inner(INDArray all) {
    return enlarged.equals(input) ? all : part(all).dup('c');
  }

  private INDArray part(INDArray all) {
    return all.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(0, input.height()),
        NDArrayIndex.interval(0, input.width()));
  }
}
