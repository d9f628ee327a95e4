package io.github.posteriori.layers;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Estimator;
import java.util.Optional;

/**
 * A two-dimensional transposed convolution: the adjoint of the convolution of the same filters that
 * takes its outputs to its inputs, so that {@code <conv(y), x> = <y, this(x)>}. Weights and sizes
 * are those of PyTorch's {@code ConvTranspose2d}.
 *
 * @param filters number of output channels, window and groups
 * @param extraRows rows that are added below, at least 0 and below the stride or the dilation: with
 *     a stride, several heights have the same height behind the convolution
 * @param extraColumns columns that are added to the right, likewise
 * @param weight {@code [in, out / groups, rows, columns]}
 * @param bias {@code [out]}
 */
public record ConvTransposeLayer(
    int index,
    String name,
    Shape.Image input,
    Filters filters,
    int extraRows,
    int extraColumns,
    Weight weight,
    Optional<Weight> bias,
    Estimator estimator)
    implements AffineLayer {

  public ConvTransposeLayer {
    Window window = filters.window();
    requireExtra(name, extraRows, window.strideRows(), window.dilationRows());
    requireExtra(name, extraColumns, window.strideColumns(), window.dilationColumns());
    if (height(input, window, extraRows) < 1 || width(input, window, extraColumns) < 1) {
      throw new IllegalArgumentException(
          name + ": the padding of " + window + " leaves nothing of the output: make it smaller");
    }
  }

  @Override
  public Shape.Image output() {
    Window window = filters.window();
    return Shape.image(
        filters.out(), height(input, window, extraRows), width(input, window, extraColumns));
  }

  private static int height(Shape.Image input, Window window, int extra) {
    return Dim.spread(
        input.height(),
        window.rows(),
        window.strideRows(),
        window.paddingRows(),
        window.dilationRows(),
        extra);
  }

  private static int width(Shape.Image input, Window window, int extra) {
    return Dim.spread(
        input.width(),
        window.columns(),
        window.strideColumns(),
        window.paddingColumns(),
        window.dilationColumns(),
        extra);
  }

  private static void requireExtra(String name, int extra, int stride, int dilation) {
    if (extra < 0 || extra >= Math.max(stride, dilation)) {
      throw new IllegalArgumentException(
          name
              + ": output padding is "
              + extra
              + ", expected at least 0 and below the stride of "
              + stride
              + " or the dilation of "
              + dilation);
    }
  }

  @Override
  public ConvTransposeLayer with(PointWeight weight, Optional<Weight> bias) {
    return new ConvTransposeLayer(
        index, name, input, filters, extraRows, extraColumns, weight, bias, Estimator.POINT);
  }

  /** Each input is multiplied by all weights of its channel. */
  @Override
  public long multiplyAdds() {
    return (long) input.size() * (filters.out() / filters.groups()) * filters.window().size();
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.convTranspose(this);
  }

  @Override
  public String kind() {
    return (weight.posterior().isPresent() ? "BayesConvTranspose " : "ConvTranspose ")
        + filters
        + (extraRows == 0 && extraColumns == 0
            ? ""
            : ", output padding " + extraRows + "x" + extraColumns);
  }
}
