package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures how long a linear map takes on one core, on a few blocks of images. */
final class LayerTimes {
  /** Bytes of activations of all blocks: more than a second-level cache. */
  private static final long BYTES = 8_000_000;

  private static final int MOST_IMAGES = 128;

  private final Geometry geometry;
  private final LinearWeights weights;
  private final int width;
  private final List<LinearPass> passes = new ArrayList<>();
  private final List<float[]> x = new ArrayList<>();
  private final List<float[]> y = new ArrayList<>();
  private final List<float[]> dx = new ArrayList<>();
  private final Scratch scratch = new Scratch();
  private double map = Double.MAX_VALUE;
  private double weightGradient = Double.MAX_VALUE;

  /**
   * Prepares blocks of {@code width} images for a map that a plan computes.
   *
   * @param width lanes of a block
   */
  LayerTimes(LayerPlan plan, int width) {
    this.geometry = plan.geometry();
    this.width = width;
    this.weights = LinearWeights.of(plan, false);
    long floats = (long) geometry.input().size() + geometry.output().size();
    int blocks =
        (int) Math.max(1, Math.min(MOST_IMAGES / width, BYTES / (Float.BYTES * floats * width)));
    weights.reserve(new Partition(blocks * width, width));
    float[] factors = NoiseKey.training(1, 1).of(0).normal(0, 1, geometry.weights());
    for (Tile tile : weights.outputs()) {
      int from = tile.first() * geometry.fanIn();
      int to = from + tile.rows() * geometry.fanIn();
      weights.set(tile, Arrays.copyOfRange(factors, from, to), true, scratch);
    }
    for (int b = 0; b < blocks; b++) {
      LaneBlock block = new LaneBlock(width);
      block.set(b, b * width, width, null, 1, Purpose.TRAINING);
      passes.add(weights.pass(block));
      x.add(filled(geometry.input().size() * width));
      y.add(filled(geometry.output().size() * width));
      dx.add(Lanes.array(geometry.input().size() * width));
    }
  }

  private static float[] filled(int floats) {
    float[] numbers = Lanes.array(floats);
    for (int i = 0; i < floats; i++) {
      numbers[Lanes.LEAD + i] = (i * 31 % 101 - 50) / 50f;
    }
    return numbers;
  }

  /** Runs all three products once, and keeps the least time of each. */
  void measure() {
    long start = System.nanoTime();
    for (int b = 0; b < passes.size(); b++) {
      outputs(passes.get(b), x.get(b), y.get(b));
      passes.get(b).inputGradient(y.get(b), dx.get(b));
    }
    long middle = System.nanoTime();
    for (int b = 0; b < passes.size(); b++) {
      passes.get(b).startGradient(x.get(b));
      passes.get(b).addRows(y.get(b), 0, geometry.output().height());
      passes.get(b).endGradient();
    }
    for (int product = 0; product < weights.products(); product++) {
      weights.multiply(product, passes.size(), scratch);
    }
    for (Tile tile : weights.outputs()) {
      scratch.reserve(tile.rows() * geometry.fanIn());
      weights.collect(tile, passes.size(), scratch.location(), scratch);
    }
    long end = System.nanoTime();
    map = Math.min(map, middle - start);
    weightGradient = Math.min(weightGradient, end - middle);
  }

  private void outputs(LinearPass pass, float[] from, float[] to) {
    int rows = geometry.output().height();
    int row = geometry.output().width() * width;
    int plane = rows * row;
    pass.forward(from);
    for (int first = 0; first < rows; first += pass.rowsTogether()) {
      int count = Math.min(pass.rowsTogether(), rows - first);
      pass.rows(first, count);
      for (Tile tile : weights.outputs()) {
        for (int r = first; r < first + count; r++) {
          pass.row(tile, r, to, Lanes.LEAD + tile.first() * plane + r * row, plane);
        }
      }
    }
  }

  /** The least time of outputs and gradient by inputs, in nanoseconds an image. */
  double map() {
    return map / (passes.size() * width);
  }

  /** The least time of the gradient by weights, in nanoseconds an image. */
  double weightGradient() {
    return weightGradient / (passes.size() * width);
  }
}
