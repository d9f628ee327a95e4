package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.ToomCook.SUMS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.GemmKernel;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.stream.IntStream;

/** Computes a linear map on one block by {@link ToomCook}. */
final class ToomCookPass extends LinearPass {
  private final ToomCookWeights weights;
  private final ToomCook algorithm;
  private final LaneBlock block;
  private final int width;
  private final int pixels;
  private final int columns;
  private final int inputs;
  private final int outputs;

  /** {@code [maps, out, 4, width]}. */
  private final float[] y;

  /** The images of a tile, {@code [ROWS, pixels, width]}; where there is one map, y. */
  private final float[] merged;

  /**
   * Takes the results of {@link ToomCookWeights#prefetch}, which the compiler would otherwise
   * remove as dead code.
   */
  private float blackhole;

  private final int[] inputFactors;
  private final int[] outputFactors;
  private final int[] sumsOfChannels;
  private final int[] pixelsOfChannel;
  private final int[] inputImages;
  private final int[] outputImages;

  ToomCookPass(ToomCookWeights weights, LaneBlock block) {
    super(weights, block);
    this.weights = weights;
    this.algorithm = weights.algorithm();
    this.block = block;
    this.width = block.width();
    Geometry geometry = weights.geometry();
    this.pixels = geometry.inputPixels();
    this.columns = geometry.input().width();
    this.inputs = geometry.input().channels();
    this.outputs = geometry.output().channels();
    this.y = Lanes.array(algorithm.maps() * 4 * outputs * width);
    this.merged = algorithm.isSplit() ? Lanes.array(Lanes.ROWS * pixels * width) : y;
    this.inputFactors = new int[inputs];
    for (int c = 0; c < inputs; c++) {
      inputFactors[c] = c * Lanes.ROWS;
    }
    this.outputFactors = new int[outputs];
    for (int o = 0; o < outputs; o++) {
      Tile tile = Tiles.holding(o, weights.outputs());
      outputFactors[o] = weights.at(0, 0, tile.index()) + o - tile.first();
    }
    this.pixelsOfChannel = IntStream.range(0, pixels).map(p -> p * width).toArray();
    int most = Math.max(inputs, outputs);
    this.sumsOfChannels = new int[most];
    this.inputImages = new int[most];
    this.outputImages = new int[most];
    for (int i = 0; i < most; i++) {
      sumsOfChannels[i] = i * width;
      inputImages[i] = i * 4 * width;
    }
  }

  @Override
  void forward(float[] x) {
    int in = inputs * width;
    int out = outputs * width;
    float[] images = x;
    if (algorithm.isSplit()) {
      images = block.workspace(Workspace.INPUTS, algorithm.maps() * 4 * in);
      for (int c = 0; c < inputs; c++) {
        int from = LEAD + c * pixels * width;
        algorithm.split(x, from, width, true, images, LEAD + c * 4 * width, 4 * in, width, width);
      }
    }
    float[] sums = block.workspace(Workspace.PRODUCTS, SUMS * in);
    float[] products = block.workspace(Workspace.PATCH, algorithm.parts() * out);
    int[] pixel = algorithm.places();
    for (int map = 0; map < algorithm.maps(); map++) {
      int first = LEAD + map * 4 * in;
      for (int c = 0; c < inputs; c++) {
        int from = first + c * 4 * width;
        algorithm.sums(
            images,
            from + pixel[0] * width,
            from + pixel[1] * width,
            from + pixel[2] * width,
            from + pixel[3] * width,
            sums,
            LEAD + c * width,
            in,
            width);
      }
      for (int part = 0; part < algorithm.parts(); part++) {
        boolean isPixel = algorithm.isPixel(part);
        int index = algorithm.index(part);
        blackhole += weights.prefetch(map, part);
        for (int i = 0; i < weights.outputs().size(); i++) {
          Tile tile = weights.outputs().get(i);
          GemmKernel.run(
              width,
              tile.rows(),
              Lanes.ZEROS,
              0,
              0,
              0,
              weights.packed(),
              weights.at(map, part, tile.index()),
              1,
              inputFactors,
              isPixel ? images : sums,
              isPixel ? first + pixel[index] * width : LEAD + index * in,
              isPixel ? inputImages : sumsOfChannels,
              inputs,
              products,
              LEAD + part * out + tile.first() * width,
              width);
        }
      }
      for (int o = 0; o < outputs; o++) {
        int to = LEAD + (map * outputs + o) * 4 * width;
        algorithm.outputs(
            products,
            LEAD + o * width,
            out,
            y,
            to,
            to + width,
            to + 2 * width,
            to + 3 * width,
            width);
      }
    }
  }

  @Override
  int rowsTogether() {
    return weights.geometry().output().height();
  }

  @Override
  void rows(int first, int count) {}

  @Override
  void row(Tile tile, int row, float[] target, int at, int rowStep) {
    for (int m = 0; m < tile.rows(); m++) {
      int channel = tile.first() + m;
      int plane = LEAD + (algorithm.isSplit() ? m : channel) * pixels * width;
      if (row == 0 && algorithm.isSplit()) {
        int from = LEAD + channel * 4 * width;
        algorithm.merge(y, from, 4 * outputs * width, width, merged, plane, width, false, width);
      }
      if (row == 0 && weights.areVariances()) {
        Elementwise.keepAboveRounding(merged, plane, pixelsOfChannel, width);
      }
      Elementwise.affine(
          merged,
          plane + row * columns * width,
          1,
          weights.bias()[channel * Lanes.LENGTH],
          target,
          at + m * rowStep,
          columns * width);
    }
  }

  @Override
  int bandRows() {
    return weights.geometry().output().height();
  }

  /** Writes x for the products over the batch. */
  @Override
  void startGradient(float[] x) {
    int lanes = weights.lanes();
    float[] turned = turn(x);
    for (int i = 0; i < weights.columns().size(); i++) {
      Columns each = weights.columns().get(i);
      int run = width * each.lanes();
      int from = LEAD + each.first() * pixels * width;
      int to = weights.xAt(0, each, block.first());
      int mapStep = weights.paddedInputs() * 4 * lanes;
      int pixelStep = lanes * each.lanes();
      algorithm.split(turned, from, run, true, weights.x(), to, mapStep, pixelStep, run);
    }
  }

  /** Writes dy for the products over the batch. There are always all rows. */
  @Override
  void addRows(float[] dy, int firstRow, int rows) {
    int lanes = weights.lanes();
    int mapStep = outputs * 4 * lanes;
    for (int o = 0; o < outputs; o++) {
      int from = LEAD + o * pixels * width;
      int to = weights.dyAt(0, o, block.first());
      algorithm.split(dy, from, width, false, weights.dy(), to, mapStep, lanes, width);
    }
  }

  @Override
  void endGradient() {}

  /**
   * Transposes x so that channels are in the lanes: {@code [columns, pixels, width, their lanes]}.
   */
  private float[] turn(float[] x) {
    float[] turned = block.workspace(Workspace.INPUTS, weights.paddedInputs() * pixels * width);
    for (int i = 0; i < weights.columns().size(); i++) {
      Columns each = weights.columns().get(i);
      int to = LEAD + each.first() * pixels * width;
      each.turn(x, LEAD, pixels * width, inputs, pixels, width, turned, to, width * each.lanes());
    }
    return turned;
  }

  @Override
  void inputGradient(float[] dy, float[] dx) {
    int in = inputs * width;
    int out = outputs * width;
    boolean isSplit = algorithm.isSplit();
    float[] images = isSplit ? block.workspace(Workspace.INPUTS, algorithm.maps() * 4 * in) : dx;
    float[] products = block.workspace(Workspace.PRODUCTS, algorithm.parts() * in);
    float[] sums = block.workspace(Workspace.PATCH, SUMS * out);
    int[] pixel = algorithm.places();
    int lanes = weights.lanes();
    for (int o = 0; o < outputs; o++) {
      outputImages[o] = o * 4 * lanes;
    }
    for (int map = 0; map < algorithm.maps(); map++) {
      int first = weights.dyAt(map, 0, block.first());
      for (int o = 0; o < outputs; o++) {
        int from = first + outputImages[o];
        algorithm.sums(
            weights.dy(),
            from,
            from + lanes,
            from + 2 * lanes,
            from + 3 * lanes,
            sums,
            LEAD + o * width,
            out,
            width);
      }
      for (int part = 0; part < algorithm.parts(); part++) {
        boolean isPixel = algorithm.isPixel(part);
        int index = algorithm.index(part);
        blackhole += weights.prefetch(map, part);
        for (int i = 0; i < weights.inputs().size(); i++) {
          Tile tile = weights.inputs().get(i);
          GemmKernel.run(
              width,
              tile.rows(),
              Lanes.ZEROS,
              0,
              0,
              0,
              weights.packed(),
              weights.at(map, part, 0) + tile.first() * Lanes.ROWS,
              Lanes.ROWS,
              outputFactors,
              isPixel ? weights.dy() : sums,
              isPixel ? first + index * lanes : LEAD + index * out,
              isPixel ? outputImages : sumsOfChannels,
              outputs,
              products,
              LEAD + part * in + tile.first() * width,
              width);
        }
      }
      for (int c = 0; c < inputs; c++) {
        int to = LEAD + (map * inputs + c) * 4 * width;
        algorithm.outputs(
            products,
            LEAD + c * width,
            in,
            images,
            to + pixel[0] * width,
            to + pixel[1] * width,
            to + pixel[2] * width,
            to + pixel[3] * width,
            width);
      }
    }
    if (isSplit) {
      for (int c = 0; c < inputs; c++) {
        int from = LEAD + c * 4 * width;
        int to = LEAD + c * pixels * width;
        algorithm.merge(images, from, 4 * in, width, dx, to, width, true, width);
      }
    }
  }
}
