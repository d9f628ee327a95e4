package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Window;

/**
 * Computes one block's gradient by the weights of a map: dW = sum over images and pixels of x dy,
 * with x padded by zeros so that all windows are whole.
 */
abstract sealed class BlockGradient permits BatchInLanesGradient, ChannelsInLanesGradient {
  private final Geometry geometry;
  private final int width;
  private final int paddedWidth;
  private final int paddedPlane;
  private final int[] pixels;
  private final int[][] taps;

  /** Memory for the padded x, empty where there is no padding. */
  private final float[] room;

  private float[] padded;

  BlockGradient(Geometry geometry, int width) {
    this.geometry = geometry;
    this.width = width;
    Window window = geometry.window();
    this.paddedWidth = geometry.input().width() + 2 * window.paddingColumns();
    this.paddedPlane = paddedWidth * (geometry.input().height() + 2 * window.paddingRows());
    boolean isPadded = paddedPlane > geometry.inputPixels();
    this.room =
        isPadded ? Lanes.array(geometry.input().channels() * paddedPlane * width) : new float[0];
    this.pixels = pixelTable();
    this.taps = tapTables();
  }

  /** Creates the gradient that a plan names, for blocks {@code width} images wide. */
  static BlockGradient of(LayerPlan plan, int width) {
    return switch (plan.weightGradient()) {
      case BATCH_IN_LANES -> new BatchInLanesGradient(plan.geometry(), width);
      case CHANNELS_IN_LANES -> new ChannelsInLanesGradient(plan.geometry(), width);
      case BATCH_GEMM, ARGMAX, TOOM_COOK ->
          throw new IllegalArgumentException(
              "found the plan " + plan + ", expected a gradient of each block");
    };
  }

  /** Offsets of the first tap of each output pixel's window, register by register. */
  private int[] pixelTable() {
    Window window = geometry.window();
    int[] table = new int[geometry.outputPixels() * registers()];
    int t = 0;
    for (int r = 0; r < geometry.output().height(); r++) {
      for (int c = 0; c < geometry.output().width(); c++) {
        int first = r * window.strideRows() * paddedWidth + c * window.strideColumns();
        for (int g = 0; g < registers(); g++) {
          table[t++] = first * width + g * LENGTH;
        }
      }
    }
    return table;
  }

  /** Offsets of what each tap of a group's filters reads for pixel 0. */
  private int[][] tapTables() {
    int[][] tables = new int[geometry.groups()][geometry.fanIn()];
    Window window = geometry.window();
    for (int group = 0; group < tables.length; group++) {
      for (int k = 0; k < geometry.fanIn(); k++) {
        int channel = group * geometry.inputsOfGroup() + k / geometry.taps();
        int row = k % geometry.taps() / window.columns();
        int column = k % window.columns();
        int pixel =
            channel * paddedPlane
                + row * window.dilationRows() * paddedWidth
                + column * window.dilationColumns();
        tables[group][k] = LEAD + pixel * width;
      }
    }
    return tables;
  }

  final Geometry geometry() {
    return geometry;
  }

  /** Lanes of a block. */
  final int width() {
    return width;
  }

  private int registers() {
    return width / LENGTH;
  }

  /** Registers of an output row. */
  final int registersOfRow() {
    return geometry.output().width() * registers();
  }

  /** The padded x. */
  final float[] x() {
    return padded;
  }

  /** Offsets of the windows of all output pixels from the first window, register by register. */
  final int[] pixels() {
    return pixels;
  }

  /** Offsets in {@link #x} of what each tap of this group's filters reads for output pixel 0. */
  final int[] taps(int group) {
    return taps[group];
  }

  /** Clears all sums and takes x: {@code [in, pixels, width]}. */
  final void start(float[] x) {
    clear();
    if (room.length == 0) {
      padded = x;
      return;
    }
    padded = room;
    Window window = geometry.window();
    int row = geometry.input().width() * width;
    for (int channel = 0; channel < geometry.input().channels(); channel++) {
      for (int r = 0; r < geometry.input().height(); r++) {
        int to =
            channel * paddedPlane
                + (r + window.paddingRows()) * paddedWidth
                + window.paddingColumns();
        int from = (channel * geometry.input().height() + r) * row;
        System.arraycopy(x, LEAD + from, padded, LEAD + to * width, row);
      }
    }
  }

  /** Clears all sums. */
  abstract void clear();

  /** Adds the products of some rows of the output; see {@link LinearPass#addRows}. */
  abstract void addRows(float[] dy, int firstRow, int rows);

  /**
   * Writes the gradient.
   *
   * @param share gets {@code [out, in / groups, rows, columns]}
   */
  abstract void end(float[] share);
}
