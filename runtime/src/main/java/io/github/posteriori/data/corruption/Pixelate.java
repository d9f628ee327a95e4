package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;

/**
 * Shrunk and enlarged again: each pixel is the mean of those in its cell of a coarser grid.
 *
 * @param share of the rows and columns that the grid has, rounded down
 */
record Pixelate(double share) implements Distortion {
  private static final double[] SMALL = {0.95, 0.9, 0.85, 0.75, 0.65};
  private static final double[] LARGE = {0.6, 0.5, 0.4, 0.3, 0.25};

  static Pixelate of(Scale scale, int strength) {
    return new Pixelate(scale.choose(strength, SMALL, LARGE));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    int[] rows = cells(shape.height());
    int[] columns = cells(shape.width());
    int down = rows[rows.length - 1] + 1;
    int across = columns[columns.length - 1] + 1;
    double[] sums = new double[down * across];
    int[] counts = new int[down * across];
    for (int plane = 0; plane < image.length; plane += rows.length * columns.length) {
      Arrays.fill(sums, 0);
      Arrays.fill(counts, 0);
      for (int i = 0; i < rows.length * columns.length; i++) {
        int cell = rows[i / columns.length] * across + columns[i % columns.length];
        sums[cell] += image[plane + i];
        counts[cell]++;
      }
      for (int i = 0; i < rows.length * columns.length; i++) {
        int cell = rows[i / columns.length] * across + columns[i % columns.length];
        image[plane + i] = (float) (sums[cell] / counts[cell]);
      }
    }
  }

  /** Returns the cell that the centre of each pixel lies in. */
  private int[] cells(int size) {
    int coarse = Math.max(1, (int) (size * share));
    int[] cells = new int[size];
    for (int i = 0; i < size; i++) {
      cells[i] = (2 * i + 1) * coarse / (2 * size);
    }
    return cells;
  }
}
