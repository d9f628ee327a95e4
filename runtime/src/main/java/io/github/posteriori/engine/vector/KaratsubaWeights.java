package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Karatsuba.PARTS;
import static io.github.posteriori.engine.vector.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a map as {@link Karatsuba} multiplies by them, and the gradient by them: for each
 * product the sum over the images of the batch, of what their blocks leave.
 */
final class KaratsubaWeights {
  /** Images whose parts of x stay in the second cache while all outputs' dy meets them. */
  private static final int IMAGES = 256;

  private final Geometry geometry;
  private final Karatsuba algorithm;
  private final List<Tile> outputs;
  private final List<Columns> columns = new ArrayList<>();
  private final int paddedInputs;

  /** Numbers of a tile of outputs for one product. */
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

  /** Input channels in neighbouring lanes, of four registers or of one. */
  record Columns(int first, int lanes) {}

  /** Some columns of a map's products. */
  private record Task(int map, Columns columns) {}

  KaratsubaWeights(Geometry geometry, List<Tile> outputs) {
    this.geometry = geometry;
    this.outputs = outputs;
    int registers = (geometry.input().channels() + Lanes.LENGTH - 1) / Lanes.LENGTH;
    if (registers % Lanes.GROUPS == Lanes.GROUPS - 1) {
      registers++; // three registers take as long as four
    }
    for (int r = 0; r < registers; ) {
      int together = registers - r >= Lanes.GROUPS ? Lanes.GROUPS : 1;
      columns.add(new Columns(r * Lanes.LENGTH, together * Lanes.LENGTH));
      r += together;
    }
    this.paddedInputs = registers * Lanes.LENGTH;
    this.tileSize = paddedInputs * Lanes.ROWS;
    this.algorithm = new Karatsuba(geometry, tileSize);
    int products = algorithm.maps() * PARTS;
    this.packed = new float[products * outputs.size() * tileSize];
    this.gradient = Lanes.array(products * outputs.size() * tileSize);
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

  Karatsuba algorithm() {
    return algorithm;
  }

  /** Input channels, and as many more as fill registers. */
  int paddedInputs() {
    return paddedInputs;
  }

  /** Input channels as {@link #x} has them. */
  List<Columns> columns() {
    return columns;
  }

  /** {@code [maps, PARTS, tiles, padded in, ROWS]}. */
  float[] packed() {
    return packed;
  }

  /** Where a product's weights of a tile begin. */
  int at(int map, int part, int tile) {
    return ((map * PARTS + part) * outputs.size() + tile) * tileSize;
  }

  /** Takes over the weights of a tile: {@code [tile's outputs, in, taps]}. */
  void set(Tile tile, float[] values, Scratch scratch) {
    int taps = geometry.taps();
    float[] h = scratch.sums(algorithm.workspace());
    for (int m = 0; m < tile.rows(); m++) {
      int from = m * geometry.fanIn();
      for (int c = 0; c < geometry.input().channels(); c++) {
        int to = c * Lanes.ROWS + m;
        for (int tap = 0; tap < taps; tap++) {
          h[tap * tileSize + to] = values[from++];
        }
      }
    }
    Arrays.fill(h, taps * tileSize, (taps + 1) * tileSize, 0);
    algorithm.weights(h, packed, at(0, 0, tile.index()), outputs.size() * tileSize);
  }

  /** Makes room for what the blocks of a batch leave. */
  void reserve(int lanes) {
    if (this.lanes != lanes) {
      this.lanes = lanes;
      this.x = Lanes.array(algorithm.maps() * 4 * lanes * paddedInputs);
      this.dy = Lanes.array(algorithm.maps() * 4 * lanes * geometry.output().channels());
    }
  }

  /** All blocks' lanes. */
  int lanes() {
    return lanes;
  }

  /** {@code [maps, 4, columns, lanes, their lanes]}. */
  float[] x() {
    return x;
  }

  /** {@code [maps, 4, out, lanes]}. */
  float[] dy() {
    return dy;
  }

  /** Parts that the gradient falls into; none depends on another. */
  int tasks() {
    return tasks.size();
  }

  /** Computes one part of the gradient by the products' weights: sum over images of dy x. */
  void run(int index, Scratch scratch) {
    Task task = tasks.get(index);
    int most = Math.min(IMAGES, lanes);
    float[] parts = scratch.sums(LEAD + PARTS * most * (task.columns.lanes + Lanes.ROWS));
    for (int image = 0; image < lanes; image += IMAGES) {
      run(task, image, Math.min(IMAGES, lanes - image), parts);
    }
  }

  private void run(Task task, int image, int count, float[] parts) {
    int width = task.columns.lanes;
    int step = lanes * paddedInputs;
    int from = LEAD + task.map * 4 * step + task.columns.first * lanes + image * width;
    KaratsubaLoops.split(
        x,
        from,
        from + step,
        from + 2 * step,
        from + 3 * step,
        parts,
        LEAD,
        count * width,
        count * width);
    int dyParts = LEAD + PARTS * count * width;
    for (int i = 0; i < outputs.size(); i++) {
      Tile tile = outputs.get(i);
      splitGradient(task.map, tile, image, count, parts, dyParts);
      for (int part = 0; part < PARTS; part++) {
        int to =
            LEAD
                + ((tile.index() * algorithm.maps() + task.map) * PARTS + part) * tileSize
                + task.columns.first;
        Products.run(
            width,
            tile.rows(),
            image == 0 ? Lanes.ZEROS : gradient,
            image == 0 ? 0 : to,
            image == 0 ? 0 : paddedInputs,
            image == 0 ? 0 : Lanes.LENGTH,
            parts,
            dyParts + part * Lanes.ROWS * count,
            count,
            images,
            parts,
            LEAD + part * count * width,
            width == Lanes.FULL ? imagesOfFour : imagesOfOne,
            count,
            gradient,
            to,
            paddedInputs);
      }
    }
  }

  /** {@code [PARTS, ROWS, count]}. */
  private void splitGradient(int map, Tile tile, int image, int count, float[] parts, int at) {
    int step = lanes * geometry.output().channels();
    for (int m = 0; m < tile.rows(); m++) {
      int from = LEAD + map * 4 * step + (tile.first() + m) * lanes + image;
      KaratsubaLoops.split(
          dy,
          from,
          from + step,
          from + 2 * step,
          from + 3 * step,
          parts,
          at + m * count,
          Lanes.ROWS * count,
          count);
    }
  }

  /** Brings the gradient by a tile's weights into {@code target}: {@code [out, in, taps]}. */
  void hand(Tile tile, float[] target, Scratch scratch) {
    int taps = geometry.taps();
    float[] dh = scratch.sums(algorithm.workspace());
    int from = LEAD + tile.index() * algorithm.maps() * PARTS * tileSize;
    algorithm.gradient(gradient, from, tileSize, dh);
    int to = tile.first() * geometry.fanIn();
    for (int m = 0; m < tile.rows(); m++) {
      for (int c = 0; c < geometry.input().channels(); c++) {
        for (int tap = 0; tap < taps; tap++) {
          target[to++] = dh[tap * tileSize + m * paddedInputs + c];
        }
      }
    }
  }
}
