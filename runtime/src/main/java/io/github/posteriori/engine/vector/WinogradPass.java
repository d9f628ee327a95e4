package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Winograd.POINTS;
import static io.github.posteriori.engine.vector.Winograd.PRODUCTS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.GemmKernel;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.SevenPoints;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Computes a linear map on one block forward by {@link Winograd}, patch by patch, and back
 * directly.
 */
final class WinogradPass extends DirectPass {
  private final WinogradWeights weights;
  private final Geometry geometry;
  private final LaneBlock block;
  private final int width;

  /** Outputs of a patch in one direction. */
  private final int side;

  private final int patchRows;
  private final int patchColumns;

  /** Floats from one product's inputs to the next's. */
  private final int pointStep;

  /** {@code [out, patches' rows, patches' columns, width]}. */
  private final float[] y;

  private final int[] factors;
  private final int[] inputs;
  private final int[] outputsOfPatch;
  private final float[] largest;

  WinogradPass(WinogradWeights weights, LaneBlock block) {
    super(weights, block);
    this.weights = weights;
    this.geometry = weights.geometry();
    this.block = block;
    this.width = block.width();
    int taps = geometry.window().rows();
    this.side = Winograd.outputs(taps);
    this.patchRows = Winograd.patches(geometry.output().height(), taps);
    this.patchColumns = Winograd.patches(geometry.output().width(), taps);
    this.pointStep = geometry.input().channels() * width + LENGTH; // no power of two
    this.y = Lanes.array(geometry.output().channels() * planeFloats());
    this.factors = new int[geometry.inputsOfGroup()];
    this.largest = Lanes.array(width);
    this.outputsOfPatch =
        IntStream.range(0, side * side)
            .map(i -> i / side * rowFloats() + i % side * width)
            .toArray();
    this.inputs = new int[geometry.inputsOfGroup()];
    for (int c = 0; c < inputs.length; c++) {
      factors[c] = c * Lanes.ROWS;
      inputs[c] = c * width;
    }
  }

  private int rowFloats() {
    return patchColumns * side * width;
  }

  private int planeFloats() {
    return patchRows * side * rowFloats();
  }

  @Override
  void forward(float[] x) {
    float[] points = block.workspace(0, PRODUCTS * pointStep);
    for (int row = 0; row < patchRows; row++) {
      for (int column = 0; column < patchColumns; column++) {
        readPatch(x, row, column, points);
        for (int i = 0; i < weights.outputs().size(); i++) {
          multiply(weights.outputs().get(i), points, row, column);
        }
      }
    }
  }

  /** Transforms a patch of all channels: {@code B' d B}, {@code [PRODUCTS, in, width]}. */
  private void readPatch(float[] x, int patchRow, int patchColumn, float[] points) {
    Shape.Image input = geometry.input();
    int top = patchRow * side - geometry.window().paddingRows();
    int left = patchColumn * side - geometry.window().paddingColumns();
    int firstRow = Math.max(0, -top);
    int rows = Math.max(0, Math.min(POINTS, input.height() - top) - firstRow);
    int firstColumn = Math.max(0, -left);
    int columns = Math.max(0, Math.min(POINTS, input.width() - left) - firstColumn);
    if (rows == 0 || columns == 0) {
      Arrays.fill(points, 0);
      return;
    }
    int line = POINTS * width;
    float[] patch = block.workspace(1, 2 * PRODUCTS * width);
    if (rows < POINTS || columns < POINTS) {
      Arrays.fill(patch, 0, LEAD + 2 * PRODUCTS * width, 0);
    }
    int half = LEAD + PRODUCTS * width;
    for (int c = 0; c < input.channels(); c++) {
      int from = LEAD + ((c * input.height() + top) * input.width() + left + firstColumn) * width;
      int step = input.width() * width;
      int to = half + firstColumn * width;
      if (rows == POINTS) {
        SevenPoints.points(x, from, step, patch, to, line, columns * width);
      } else {
        for (int row = firstRow; row < firstRow + rows; row++) {
          System.arraycopy(x, from + row * step, patch, LEAD + row * line, columns * width);
        }
        SevenPoints.points(patch, LEAD, line, patch, to, line, columns * width);
      }
      for (int row = 0; row < POINTS; row++) {
        SevenPoints.points(
            patch,
            half + row * line,
            width,
            points,
            LEAD + row * POINTS * pointStep + c * width,
            pointStep,
            width);
      }
    }
  }

  /**
   * Computes the outputs of a patch in a tile of channels: {@code A' (sum over channels of
   * products) A}.
   */
  private void multiply(Tile tile, float[] points, int patchRow, int patchColumn) {
    int channels = tile.rows() * width;
    float[] products = block.workspace(2, (PRODUCTS + side * POINTS) * channels);
    int first = LEAD + tile.group() * geometry.inputsOfGroup() * width;
    for (int p = 0; p < PRODUCTS; p++) {
      GemmKernel.run(
          width,
          tile.rows(),
          Lanes.ZEROS,
          0,
          0,
          0,
          weights.packed(),
          weights.at(p, tile.index()),
          1,
          factors,
          points,
          first + p * pointStep,
          inputs,
          inputs.length,
          products,
          LEAD + p * channels,
          width);
    }
    int half = LEAD + PRODUCTS * channels;
    int line = POINTS * channels;
    outputs(products, LEAD, line, products, half, line, line);
    for (int m = 0; m < tile.rows(); m++) {
      int to =
          LEAD
              + (tile.first() + m) * planeFloats()
              + patchRow * side * rowFloats()
              + patchColumn * side * width;
      for (int row = 0; row < side; row++) {
        int from = half + row * line + m * width;
        outputs(products, from, channels, y, to + row * rowFloats(), width, width);
      }
      if (weights.areVariances()) {
        Elementwise.keepAboveRounding(y, to, outputsOfPatch, largest, width);
      }
    }
  }

  private void outputs(float[] x, int from, int step, float[] to, int at, int next, int count) {
    if (side == 3) {
      SevenPoints.three(x, from, step, to, at, next, count);
    } else {
      SevenPoints.five(x, from, step, to, at, next, count);
    }
  }

  @Override
  void row(Tile tile, int row, float[] target, int at, int rowStep) {
    for (int m = 0; m < tile.rows(); m++) {
      int channel = tile.first() + m;
      Elementwise.affine(
          y,
          LEAD + channel * planeFloats() + row * rowFloats(),
          1,
          weights.bias()[channel * LENGTH],
          target,
          at + m * rowStep,
          geometry.output().width() * width);
    }
  }
}
