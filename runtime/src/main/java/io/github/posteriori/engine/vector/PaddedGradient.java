package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * Computes one block's gradient by the weights tap by tap, with x padded by zeros so that all
 * windows are whole.
 */
abstract sealed class PaddedGradient implements BlockGradient
    permits BatchInLanesGradient, ChannelsInLanesGradient {
  private final Geometry geometry;
  private final int width;
  private final int paddedWidth;
  private final int paddedPlane;
  private final int[] pixels;
  private final int[][] taps;

  private final boolean isPadded;
  private final boolean ofVariances;
  private final LaneBlock block;
  private float[] padded;

  PaddedGradient(Geometry geometry, LaneBlock block, boolean ofVariances) {
    this.geometry = geometry;
    this.block = block;
    this.ofVariances = ofVariances;
    this.width = block.width();
    Window window = geometry.window();
    this.paddedWidth = geometry.input().width() + 2 * window.paddingColumns();
    this.paddedPlane = paddedWidth * (geometry.input().height() + 2 * window.paddingRows());
    this.isPadded = paddedPlane > geometry.inputPixels();
    this.pixels = pixelTable();
    this.taps = tapTables();
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

  @Override
  public final void start(float[] x) {
    clear();
    padded = isPadded ? padded(x) : x;
  }

  private float[] padded(float[] x) {
    Shape.Image image = geometry.input();
    float[] target =
        block.workspace(
            ofVariances ? Workspace.PADDED_SQUARES : Workspace.PADDED,
            image.channels() * paddedPlane * width);
    Window window = geometry.window();
    int row = image.width() * width;
    int before = window.paddingColumns() * width;
    int line = paddedWidth * width;
    for (int channel = 0; channel < image.channels(); channel++) {
      int to = LEAD + channel * paddedPlane * width;
      int first = to + window.paddingRows() * line;
      int end = first + image.height() * line;
      Arrays.fill(target, to, first, 0);
      for (int at = first, from = LEAD + channel * image.height() * row; at < end; at += line) {
        Arrays.fill(target, at, at + before, 0);
        System.arraycopy(x, from, target, at + before, row);
        Arrays.fill(target, at + before + row, at + line, 0);
        from += row;
      }
      Arrays.fill(target, end, to + paddedPlane * width, 0);
    }
    return target;
  }

  /** Sums that {@link #clear} may set to zero, of a worker. */
  final float[] sums(int floats) {
    return block.workspace(ofVariances ? Workspace.VARIANCE_SUMS : Workspace.WEIGHT_SUMS, floats);
  }

  /** Clears all sums. */
  abstract void clear();
}
