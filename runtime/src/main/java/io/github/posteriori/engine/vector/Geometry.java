package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.List;

/**
 * Sizes of an affine layer. A fully connected layer is a convolution of 1 x 1 images, with its
 * features as channels; of a transposed convolution they are those of the convolution from its
 * outputs to its inputs.
 *
 * @param input images of the input
 * @param output images of the output
 * @param window of the filters
 * @param groups of channels
 * @param isAdjoint whether the layer is the adjoint of this convolution
 */
record Geometry(
    Shape.Image input, Shape.Image output, Window window, int groups, boolean isAdjoint) {

  Geometry(Shape.Image input, Shape.Image output, Window window, int groups) {
    this(input, output, window, groups, false);
  }

  static Geometry of(AffineLayer layer) {
    if (layer instanceof ConvLayer conv) {
      return new Geometry(
          conv.input(), conv.output(), conv.filters().window(), conv.filters().groups());
    }
    if (layer instanceof ConvTransposeLayer transpose) {
      Filters filters = transpose.filters();
      return new Geometry(
          transpose.output(), transpose.input(), filters.window(), filters.groups(), true);
    }
    LinearLayer linear = (LinearLayer) layer;
    return new Geometry(
        Shape.image(linear.input().count(), 1, 1),
        Shape.image(linear.output().count(), 1, 1),
        Window.kernel(1, 1),
        1);
  }

  /** Returns the convolution alone, which {@link #isAdjoint} says nothing of. */
  Geometry convolution() {
    return new Geometry(input, output, window, groups);
  }

  /** Returns the sizes of a map the other way round; its window is still the convolution's. */
  Geometry reversed() {
    return new Geometry(output, input, window, groups);
  }

  int inputPixels() {
    return input.height() * input.width();
  }

  int outputPixels() {
    return output.height() * output.width();
  }

  /** Input channels of a group, which are those that a filter reads. */
  int inputsOfGroup() {
    return input.channels() / groups;
  }

  int outputsOfGroup() {
    return output.channels() / groups;
  }

  /** Taps of a filter in one channel. */
  int taps() {
    return window.rows() * window.columns();
  }

  /** Whether neither stride nor dilation skips a pixel. */
  boolean isDense() {
    Window dense =
        Window.kernel(window.rows(), window.columns())
            .padding(window.paddingRows(), window.paddingColumns());
    return window.equals(dense);
  }

  /** The number of pairs of an input pixel and an output pixel that a tap connects. */
  int pairs() {
    return pairs(rows()) * pairs(columns());
  }

  private static int pairs(TapRange[] all) {
    return Arrays.stream(all).mapToInt(TapRange::count).sum();
  }

  private int tap(int row, int column) {
    return row * window.columns() + column;
  }

  /** Weights of one output channel. */
  int fanIn() {
    return inputsOfGroup() * taps();
  }

  int weights() {
    return output.channels() * fanIn();
  }

  /** Returns for each output row the input rows that it reads. */
  TapRange[] rows() {
    return TapRange.forward(
        output.height(),
        input.height(),
        window.rows(),
        window.strideRows(),
        window.paddingRows(),
        window.dilationRows());
  }

  /** Returns for each output column the input columns that it reads. */
  TapRange[] columns() {
    return TapRange.forward(
        output.width(),
        input.width(),
        window.columns(),
        window.strideColumns(),
        window.paddingColumns(),
        window.dilationColumns());
  }

  /** What outputs read along the rows. */
  Axis rowAxis() {
    return Axis.forward(
        output.height(),
        input.height(),
        window.rows(),
        window.strideRows(),
        window.paddingRows(),
        window.dilationRows());
  }

  /** What outputs read along the columns. */
  Axis columnAxis() {
    return Axis.forward(
        output.width(),
        input.width(),
        window.columns(),
        window.strideColumns(),
        window.paddingColumns(),
        window.dilationColumns());
  }

  /** What the gradients of inputs read along the rows. */
  Axis rowAxisBack() {
    return Axis.backward(
        input.height(),
        output.height(),
        window.rows(),
        window.strideRows(),
        window.paddingRows(),
        window.dilationRows());
  }

  /** What the gradients of inputs read along the columns. */
  Axis columnAxisBack() {
    return Axis.backward(
        input.width(),
        output.width(),
        window.columns(),
        window.strideColumns(),
        window.paddingColumns(),
        window.dilationColumns());
  }

  /** Tabulates the factors of outputs, for blocks {@code width} images wide. */
  ConvOffsets forward(int width) {
    return new ConvOffsets(
        rows(),
        columns(),
        new ConvOffsets.Plane(inputsOfGroup(), input.height(), input.width()),
        (channel, row, column) -> (channel * taps() + tap(row, column)) * Lanes.ROWS,
        width);
  }

  /**
   * Tabulates the factors of gradients by inputs, for blocks {@code width} images wide. Offsets of
   * weights count from those of the first output of a group.
   */
  ConvOffsets backward(int width) {
    List<Tile> tiles = Tiles.of(1, outputsOfGroup());
    return new ConvOffsets(
        TapRange.backward(
            input.height(),
            output.height(),
            window.rows(),
            window.strideRows(),
            window.paddingRows(),
            window.dilationRows()),
        TapRange.backward(
            input.width(),
            output.width(),
            window.columns(),
            window.strideColumns(),
            window.paddingColumns(),
            window.dilationColumns()),
        new ConvOffsets.Plane(outputsOfGroup(), output.height(), output.width()),
        (channel, row, column) -> {
          Tile tile = Tiles.holding(channel, tiles);
          return tile.index() * fanIn() * Lanes.ROWS
              + tap(row, column) * Lanes.ROWS
              + channel
              - tile.first();
        },
        width);
  }
}
