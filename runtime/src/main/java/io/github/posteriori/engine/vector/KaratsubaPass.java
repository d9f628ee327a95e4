package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Karatsuba.PARTS;
import static io.github.posteriori.engine.vector.Lanes.LEAD;

import io.github.posteriori.engine.vector.KaratsubaWeights.Columns;
import io.github.posteriori.engine.vector.Tiles.Tile;

/**
 * A linear map by {@link Karatsuba} on one block of images: forward, and the gradients by W and x.
 */
final class KaratsubaPass {
  private final LinearWeights weights;
  private final KaratsubaWeights shared;
  private final Karatsuba algorithm;
  private final Block block;
  private final int width;
  private final int pixels;
  private final int columns;
  private final int inputs;
  private final int outputs;

  /** {@code [maps, 4, out, width]}. */
  private final float[] y;

  private final float[] merged;
  private final int[] inputFactors;
  private final int[] inputSources;
  private final int[] outputFactors;
  private final int[] outputSources;

  KaratsubaPass(LinearWeights weights, Block block) {
    this.weights = weights;
    this.shared = weights.karatsuba();
    this.algorithm = shared.algorithm();
    this.block = block;
    this.width = block.width();
    Geometry geometry = weights.geometry();
    this.pixels = geometry.inputPixels();
    this.columns = geometry.input().width();
    this.inputs = geometry.input().channels();
    this.outputs = geometry.output().channels();
    this.y = Lanes.array(algorithm.maps() * 4 * outputs * width);
    this.merged = Lanes.array(Lanes.ROWS * pixels * width);
    this.inputFactors = new int[inputs];
    this.inputSources = new int[inputs];
    for (int c = 0; c < inputs; c++) {
      inputFactors[c] = c * Lanes.ROWS;
      inputSources[c] = c * width;
    }
    this.outputFactors = new int[outputs];
    this.outputSources = new int[outputs];
    for (int o = 0; o < outputs; o++) {
      Tile tile = Tiles.holding(o, weights.outputs());
      outputFactors[o] = shared.at(0, 0, tile.index()) + o - tile.first();
      outputSources[o] = o * width;
    }
  }

  /** Takes in x: {@code [in, pixels, width]}. */
  void forward(float[] x) {
    int in = inputs * width;
    int out = outputs * width;
    float[] images = block.workspace(0, algorithm.maps() * 4 * in);
    float[] parts = block.workspace(1, PARTS * in);
    float[] products = block.workspace(2, PARTS * out);
    for (int c = 0; c < inputs; c++) {
      algorithm.split(
          x, LEAD + c * pixels * width, width, true, images, LEAD + c * width, in, width);
    }
    for (int map = 0; map < algorithm.maps(); map++) {
      split(images, LEAD + map * 4 * in, in, parts, in);
      for (int part = 0; part < PARTS; part++) {
        for (int i = 0; i < weights.outputs().size(); i++) {
          Tile tile = weights.outputs().get(i);
          Products.run(
              width,
              tile.rows(),
              Lanes.ZEROS,
              0,
              0,
              0,
              shared.packed(),
              shared.at(map, part, tile.index()),
              1,
              inputFactors,
              parts,
              LEAD + part * in,
              inputSources,
              inputs,
              products,
              LEAD + part * out + tile.first() * width,
              width);
        }
      }
      merge(products, y, LEAD + map * 4 * out, out);
    }
  }

  private static void split(float[] images, int from, int step, float[] parts, int count) {
    KaratsubaLoops.split(
        images, from, from + step, from + 2 * step, from + 3 * step, parts, LEAD, count, count);
  }

  private static void merge(float[] parts, float[] images, int to, int step) {
    KaratsubaLoops.merge(
        parts, LEAD, step, images, to, to + step, to + 2 * step, to + 3 * step, step);
  }

  /** One row of the outputs of a tile: {@code [tile rows, columns, width]} from {@code at} on. */
  void row(Tile tile, int row, float[] target, int at, int rowStep) {
    int out = outputs * width;
    for (int m = 0; m < tile.rows(); m++) {
      int channel = tile.first() + m;
      int plane = LEAD + m * pixels * width;
      if (row == 0) {
        algorithm.merge(y, LEAD + channel * width, out, merged, plane, width, false, width);
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

  /**
   * Leaves x and dy for the gradient by the weights.
   *
   * @param turned of {@link #turn}
   * @param dy {@code [out, pixels, width]}
   */
  void keep(float[] turned, float[] dy) {
    int lanes = shared.lanes();
    for (int i = 0; i < shared.columns().size(); i++) {
      Columns each = shared.columns().get(i);
      int run = width * each.lanes();
      int from = LEAD + each.first() * pixels * width;
      int to = LEAD + each.first() * lanes + block.first() * each.lanes();
      int step = lanes * shared.paddedInputs();
      algorithm.split(turned, from, run, true, shared.x(), to, step, run);
    }
    for (int o = 0; o < outputs; o++) {
      int from = LEAD + o * pixels * width;
      int to = LEAD + o * lanes + block.first();
      algorithm.split(dy, from, width, false, shared.dy(), to, outputs * lanes, width);
    }
  }

  /** x with the channels in the lanes: {@code [columns, pixels, width, their lanes]}. */
  float[] turn(float[] x) {
    float[] turned = block.workspace(0, shared.paddedInputs() * pixels * width);
    for (int c = 0; c < inputs; c += Lanes.LENGTH) {
      int i = Math.min(c / Lanes.FULL, shared.columns().size() - 1);
      while (shared.columns().get(i).first() > c
          || c >= shared.columns().get(i).first() + shared.columns().get(i).lanes()) {
        i++;
      }
      Columns each = shared.columns().get(i);
      int count = Math.min(Lanes.LENGTH, inputs - c);
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int image = 0; image < width; image += Lanes.LENGTH) {
          int from = LEAD + (c * pixels + pixel) * width + image;
          int to =
              LEAD
                  + (each.first() * pixels + pixel * each.lanes()) * width
                  + image * each.lanes()
                  + c
                  - each.first();
          turn(x, from, pixels * width, count, turned, to, each.lanes());
        }
      }
    }
    return turned;
  }

  private static void turn(
      float[] x, int from, int rowStep, int rows, float[] turned, int to, int columnStep) {
    for (int c = 0; c < rows; c++) {
      for (int image = 0; image < Lanes.LENGTH; image++) {
        turned[to + image * columnStep + c] = x[from + c * rowStep + image];
      }
    }
  }

  /** dx = op_x(W, dy), of the dy that was {@link #keep kept}: {@code [in, pixels, width]}. */
  void inputGradient(float[] dx) {
    int in = inputs * width;
    int out = outputs * width;
    float[] images = block.workspace(0, algorithm.maps() * 4 * in);
    float[] products = block.workspace(1, PARTS * in);
    float[] parts = block.workspace(2, PARTS * out);
    int lanes = shared.lanes();
    for (int map = 0; map < algorithm.maps(); map++) {
      int step = outputs * lanes;
      for (int o = 0; o < outputs; o++) {
        int from = LEAD + map * 4 * step + o * lanes + block.first();
        KaratsubaLoops.split(
            shared.dy(),
            from,
            from + step,
            from + 2 * step,
            from + 3 * step,
            parts,
            LEAD + o * width,
            out,
            width);
      }
      for (int part = 0; part < PARTS; part++) {
        for (int i = 0; i < weights.inputs().size(); i++) {
          Tile tile = weights.inputs().get(i);
          Products.run(
              width,
              tile.rows(),
              Lanes.ZEROS,
              0,
              0,
              0,
              shared.packed(),
              shared.at(map, part, 0) + tile.first() * Lanes.ROWS,
              Lanes.ROWS,
              outputFactors,
              parts,
              LEAD + part * out,
              outputSources,
              outputs,
              products,
              LEAD + part * in + tile.first() * width,
              width);
        }
      }
      merge(products, images, LEAD + map * 4 * in, in);
    }
    for (int c = 0; c < inputs; c++) {
      algorithm.merge(
          images, LEAD + c * width, in, dx, LEAD + c * pixels * width, width, true, width);
    }
  }
}
