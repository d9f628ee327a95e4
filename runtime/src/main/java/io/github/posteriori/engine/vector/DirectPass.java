package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.LEAD;
import static io.github.posteriori.engine.vector.Lanes.LENGTH;

import io.github.posteriori.engine.vector.Tiles.Tile;
import java.util.Arrays;

/** A map whose weights are multiplied as they are. */
final class DirectPass extends LinearPass {
  /** Output rows whose gradients are turned into weights' gradients at a time: so many floats. */
  private static final int BAND = 1 << 15;

  /** Registers of a channel that all sums take in before the next: six channels' are 21 KB. */
  private static final int NEAR = 56;

  private final DirectWeights weights;
  private final Geometry geometry;
  private final Block block;
  private final int width;
  private final Taps forward;
  private Taps backward;
  private float[] x;

  // For the gradient by the weights with the images in the lanes.
  private final int paddedWidth;
  private final int paddedPlane;
  private float[] padded;
  private int[] pixels;
  private int[] registers;
  private int[][] taps;
  private float[] sums;

  DirectPass(DirectWeights weights, Block block) {
    super(weights, block);
    this.weights = weights;
    this.geometry = weights.geometry();
    this.block = block;
    this.width = block.width();
    this.forward = geometry.forward(width);
    var window = geometry.window();
    this.paddedWidth = geometry.input().width() + 2 * window.paddingColumns();
    this.paddedPlane = paddedWidth * (geometry.input().height() + 2 * window.paddingRows());
  }

  @Override
  void forward(float[] x) {
    this.x = x;
  }

  @Override
  void row(Tile tile, int row, float[] y, int at, int rowStep) {
    int columns = geometry.output().width();
    int channels = tile.group() * geometry.inputsOfGroup() * geometry.inputPixels() * width;
    int w = tile.index() * geometry.fanIn() * Lanes.ROWS;
    for (int column = 0; column < columns; column++) {
      int pixel = row * columns + column;
      Products.run(
          width,
          tile.rows(),
          weights.bias(),
          tile.first() * LENGTH,
          LENGTH,
          0,
          weights.tiled(),
          w,
          1,
          forward.weights(pixel),
          x,
          LEAD + channels + forward.base(pixel),
          forward.sources(pixel),
          forward.sources(pixel).length,
          y,
          at + column * width,
          rowStep);
    }
  }

  @Override
  void inputGradient(float[] dy, float[] dx) {
    if (backward == null) {
      backward = geometry.backward(width);
    }
    int pixels = geometry.inputPixels();
    for (int i = 0; i < weights.inputs().size(); i++) {
      Tile tile = weights.inputs().get(i);
      int channels = tile.group() * geometry.outputsOfGroup() * geometry.outputPixels() * width;
      int w = firstWeight(tile);
      for (int pixel = 0; pixel < pixels; pixel++) {
        Products.run(
            width,
            tile.rows(),
            Lanes.ZEROS,
            0,
            0,
            0,
            weights.tiled(),
            w,
            geometry.taps() * Lanes.ROWS,
            backward.weights(pixel),
            dy,
            LEAD + channels + backward.base(pixel),
            backward.sources(pixel),
            backward.sources(pixel).length,
            dx,
            LEAD + (tile.first() * pixels + pixel) * width,
            pixels * width);
      }
    }
  }

  /** Where the weights begin that tie a tile of inputs to the outputs of its group. */
  private int firstWeight(Tile inputs) {
    int tilesOfGroup = weights.outputs().size() / geometry.groups();
    int channel = inputs.first() - inputs.group() * geometry.inputsOfGroup();
    return (inputs.group() * tilesOfGroup * geometry.fanIn() + channel * geometry.taps())
        * Lanes.ROWS;
  }

  @Override
  int bandRows() {
    if (weights.product() != null) {
      return geometry.output().height();
    }
    int row = geometry.output().channels() * geometry.output().width() * width;
    return Math.min(geometry.output().height(), Math.max(1, BAND / row));
  }

  @Override
  void startGradient(float[] x) {
    this.x = x;
    if (weights.product() == null) {
      startSums();
    }
  }

  private void startSums() {
    if (pixels == null) {
      pixels = pixelTable();
      registers = new int[pixels.length];
      for (int t = 0; t < pixels.length; t++) {
        registers[t] = t * LENGTH;
      }
      taps = tapTables();
      int tiles = weights.geometry().output().channels() * columnTiles();
      sums = Lanes.array(tiles * LaneProducts.COLUMNS * LENGTH);
    }
    Arrays.fill(sums, 0);
    var window = geometry.window();
    if (window.paddingRows() == 0 && window.paddingColumns() == 0) {
      padded = x;
      return;
    }
    if (padded == null) {
      padded = Lanes.array(geometry.input().channels() * paddedPlane * width);
    }
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

  private int columnTiles() {
    return geometry.fanIn() / LaneProducts.COLUMNS + geometry.fanIn() % LaneProducts.COLUMNS;
  }

  /** Where the first tap of each output pixel's window is, register by register. */
  private int[] pixelTable() {
    var window = geometry.window();
    int groups = width / LENGTH;
    int[] table = new int[geometry.outputPixels() * groups];
    int t = 0;
    for (int r = 0; r < geometry.output().height(); r++) {
      for (int c = 0; c < geometry.output().width(); c++) {
        int first = r * window.strideRows() * paddedWidth + c * window.strideColumns();
        for (int g = 0; g < groups; g++) {
          table[t++] = first * width + g * LENGTH;
        }
      }
    }
    return table;
  }

  /** Where each tap of a group's filters reads for pixel 0. */
  private int[][] tapTables() {
    int[][] tables = new int[geometry.groups()][geometry.fanIn()];
    var window = geometry.window();
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

  /**
   * {@inheritDoc}
   *
   * <p>Where each block has sums of its own, they take in a few registers of each channel at a
   * time, so that the factors stay in the nearest cache while all sums take them in.
   */
  @Override
  void addRows(float[] dy, int firstRow, int rows) {
    if (weights.product() != null) {
      weights.product().keep(block, x, dy);
      return;
    }
    int perRow = geometry.output().width() * width / LENGTH;
    int from = firstRow * perRow;
    int to = from + rows * perRow;
    for (int t = from; t < to; t += NEAR) {
      add(dy, (to - from) * LENGTH, from, t, Math.min(to, t + NEAR));
    }
  }

  /** Adds the registers in {@code [from, to)} of all channels; dy begins with {@code first}. */
  private void add(float[] dy, int step, int first, int from, int to) {
    int p = LEAD;
    for (int i = 0; i < weights.outputs().size(); i++) { // without an iterator to allocate
      Tile tile = weights.outputs().get(i);
      int o = LEAD + tile.first() * step - first * LENGTH;
      int[] offsets = taps[tile.group()];
      int rows = tile.rows();
      int k = 0;
      for (; k + LaneProducts.COLUMNS <= offsets.length; k += LaneProducts.COLUMNS) {
        LaneProducts.wide(
            rows,
            dy,
            o,
            step,
            padded,
            offsets[k],
            offsets[k + 1],
            offsets[k + 2],
            offsets[k + 3],
            registers,
            pixels,
            from,
            to,
            sums,
            p);
        p += rows * LaneProducts.COLUMNS * LENGTH;
      }
      for (; k < offsets.length; k++) {
        LaneProducts.narrow(
            rows, dy, o, step, padded, offsets[k], registers, pixels, from, to, sums, p);
        p += rows * LaneProducts.COLUMNS * LENGTH;
      }
    }
  }

  @Override
  void endGradient() {
    if (weights.product() != null) {
      return;
    }
    float[] share = weights.share(block.index());
    int fanIn = geometry.fanIn();
    int p = LEAD;
    for (int i = 0; i < weights.outputs().size(); i++) {
      Tile tile = weights.outputs().get(i);
      for (int k = 0; k < fanIn; ) {
        int together = k + LaneProducts.COLUMNS <= fanIn ? LaneProducts.COLUMNS : 1;
        for (int m = 0; m < tile.rows(); m++) {
          for (int n = 0; n < together; n++) {
            share[(tile.first() + m) * fanIn + k + n] =
                Sums.ofLanes(sums, p + (m * LaneProducts.COLUMNS + n) * LENGTH);
          }
        }
        p += tile.rows() * LaneProducts.COLUMNS * LENGTH;
        k += together;
      }
    }
  }
}
