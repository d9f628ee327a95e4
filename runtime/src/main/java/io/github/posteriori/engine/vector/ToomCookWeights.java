package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.GemmKernel;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the weights of a map as {@link ToomCook} multiplies by them, and the gradient by them: for
 * each product a GEMM over the images of the batch.
 */
final class ToomCookWeights extends LinearWeights {
  /**
   * Images whose parts of x stay in the second-level cache while they are multiplied by all
   * outputs' dy.
   */
  private static final int IMAGES = 256;

  /** Floats of a cache line. */
  private static final int LINE = 16;

  /**
   * Maximum number of weights of a product that are prefetched: 512 KB fit the second-level cache.
   */
  private static final int PREFETCHED = 1 << 17;

  private final ToomCook algorithm;
  private final int parts;

  private final List<Columns> columns;
  private final int paddedInputs;

  /** Floats of a tile of outputs for one product. */
  private final int tileSize;

  private final float[] packed;
  private final float[] gradient;
  private final List<Task> tasks = new ArrayList<>();

  private int lanes;
  private float[] x;
  private float[] dy;
  private final int[] images = new int[IMAGES];
  private final int[] imagesOfFour = new int[IMAGES];
  private final int[] imagesOfOne = new int[IMAGES];

  /** Task of the gradient: a panel of columns of a map's products. */
  private record Task(int map, Columns columns) {}

  ToomCookWeights(LayerPlan plan, boolean areVariances) {
    super(plan, areVariances);
    this.columns = Columns.of(geometry().input().channels());
    this.paddedInputs = columns.get(columns.size() - 1).end();
    this.tileSize = paddedInputs * Lanes.ROWS;
    this.algorithm = ToomCook.of(plan, tileSize);
    this.parts = algorithm.parts();
    int products = algorithm.maps() * parts;

    this.packed = new float[products * outputs().size() * tileSize];
    this.gradient = Lanes.array(products * outputs().size() * tileSize);
    for (int map = 0; map < algorithm.maps(); map++) {
      for (Columns each : columns) {
        tasks.add(new Task(map, each));
      }
    }
    for (int i = 0; i < IMAGES; i++) {
      images[i] = i;
      imagesOfFour[i] = i * Lanes.FULL;
      imagesOfOne[i] = i * Lanes.LENGTH;
    }
  }

  @Override
  LinearPass pass(LaneBlock block) {
    return new ToomCookPass(this, block);
  }

  ToomCook algorithm() {
    return algorithm;
  }

  /** Input channels, rounded up to whole registers. */
  int paddedInputs() {
    return paddedInputs;
  }

  /** Input channels as {@link #x} has them. */
  List<Columns> columns() {
    return columns;
  }

  /** The packed weights: {@code [maps, parts, tiles, padded in, ROWS]}. */
  float[] packed() {
    return packed;
  }

  /** The offset of a product's weights of a tile. */
  int at(int map, int part, int tile) {
    return ((map * parts + part) * outputs().size() + tile) * tileSize;
  }

  /**
   * Prefetches the weights of one product into the second-level cache, if they fit. The product
   * itself reads a few at a time and would wait for each; reading one number of each line overlaps
   * the waits.
   *
   * @return a number that depends on all that was read, so that the compiler keeps the reads
   */
  float prefetch(int map, int part) {
    float sum = 0;
    if (outputs().size() * tileSize > PREFETCHED) {
      return sum;
    }
    int end = at(map, part, outputs().size());
    for (int i = at(map, part, 0); i < end; i += LINE) {
      sum += packed[i];
    }
    return sum;
  }

  @Override
  void set(Tile tile, float[] values, boolean forGradients, Scratch scratch) {
    int taps = geometry().taps();
    int channels = geometry().input().channels();
    float[] h = scratch.sums(algorithm.workspace());
    for (int tap = 0; tap < taps; tap++) {
      interleave(tile, values, tap, taps, channels, h, tap * tileSize);
    }
    algorithm.weights(h, packed, at(0, 0, tile.index()), outputs().size() * tileSize);
  }

  @Override
  void reserve(Partition partition) {
    super.reserve(partition);
    lanes = partition.lanes();
    int pixels = algorithm.maps() * 4 * lanes;
    x = room(x, pixels * paddedInputs);
    dy = room(dy, pixels * geometry().output().channels());
  }

  /**
   * Returns an array that is large enough, and keeps the old one for the last, smaller batch of an
   * epoch.
   */
  private static float[] room(float[] had, int floats) {
    return had != null && had.length >= LEAD + floats ? had : Lanes.array(floats);
  }

  /** The lanes of all blocks. */
  int lanes() {
    return lanes;
  }

  /** The inputs of the batch: {@code [maps, columns, 4, lanes, their lanes]}. */
  float[] x() {
    return x;
  }

  /** The offset in {@link #x} of an image's first pixel of some columns. */
  int xAt(int map, Columns of, int image) {
    return LEAD + (map * paddedInputs + of.first()) * 4 * lanes + image * of.lanes();
  }

  /** The gradients of the batch: {@code [maps, out, 4, lanes]}. */
  float[] dy() {
    return dy;
  }

  /** The offset in {@link #dy} of an image's first pixel of an output. */
  int dyAt(int map, int output, int image) {
    return LEAD + (map * geometry().output().channels() + output) * 4 * lanes + image;
  }

  @Override
  int products() {
    return tasks.size();
  }

  /**
   * Computes the gradient by the weights of some products: for each the sum over images of dy x.
   */
  @Override
  void multiply(int index, int blocks, Scratch scratch) {
    Task task = tasks.get(index);
    int most = Math.min(IMAGES, lanes);
    float[] sums = scratch.sums(LEAD + ToomCook.SUMS * most * (task.columns.lanes() + Lanes.ROWS));
    for (int image = 0; image < lanes; image += IMAGES) {
      run(task, image, Math.min(IMAGES, lanes - image), sums);
    }
  }

  private void run(Task task, int image, int count, float[] sums) {
    int width = task.columns.lanes();
    int firstX = xAt(task.map, task.columns, image);
    int stepX = lanes * width;
    sums(x, firstX, stepX, sums, LEAD, count * width, count * width);
    int sumsOfDy = LEAD + ToomCook.SUMS * count * width;
    for (int i = 0; i < outputs().size(); i++) {
      Tile tile = outputs().get(i);
      int firstDy = dyAt(task.map, tile.first(), image);
      for (int m = 0; m < tile.rows(); m++) {
        int from = firstDy + m * 4 * lanes;
        sums(dy, from, lanes, sums, sumsOfDy + m * count, Lanes.ROWS * count, count);
      }
      for (int part = 0; part < parts; part++) {
        int to =
            LEAD
                + ((tile.index() * algorithm.maps() + task.map) * parts + part) * tileSize
                + task.columns.first();
        boolean isPixel = algorithm.isPixel(part);
        int index = algorithm.index(part);
        GemmKernel.run(
            width,
            tile.rows(),
            image == 0 ? Lanes.ZEROS : gradient,
            image == 0 ? 0 : to,
            image == 0 ? 0 : paddedInputs,
            image == 0 ? 0 : Lanes.LENGTH,
            isPixel ? dy : sums,
            isPixel ? firstDy + index * lanes : sumsOfDy + index * Lanes.ROWS * count,
            isPixel ? 4 * lanes : count,
            images,
            isPixel ? x : sums,
            isPixel ? firstX + index * stepX : LEAD + index * count * width,
            width == Lanes.FULL ? imagesOfFour : imagesOfOne,
            count,
            gradient,
            to,
            paddedInputs);
      }
    }
  }

  private void sums(
      float[] from, int at, int pixelStep, float[] sums, int to, int step, int count) {
    algorithm.sums(
        from, at, at + pixelStep, at + 2 * pixelStep, at + 3 * pixelStep, sums, to, step, count);
  }

  @Override
  void collect(Tile tile, int blocks, float[] target, Scratch scratch) {
    int taps = geometry().taps();
    int inputs = geometry().input().channels();
    float[] dh = scratch.sums(algorithm.workspace());
    int from = LEAD + tile.index() * algorithm.maps() * parts * tileSize;
    algorithm.gradient(gradient, from, dh);
    for (int m = 0; m < tile.rows(); m++) {
      for (int tap = 0; tap < taps; tap++) {
        int at = m * inputs * taps + tap;
        scatter(dh, tap * tileSize + m * paddedInputs, target, at, taps, inputs);
      }
    }
  }

  private static void scatter(float[] x, int from, float[] y, int at, int step, int count) {
    for (int i = 0; i < count; i++) {
      y[at + i * step] = x[from + i];
    }
  }
}
