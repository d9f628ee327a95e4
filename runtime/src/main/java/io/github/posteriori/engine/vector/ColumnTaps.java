package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The taps of a window along a row, whether they are on the image or not. Every {@code phases}-th
 * target column is of a kind: column {@code m phases + f} reads the source column {@code m step +
 * places[f][k]} by tap {@code taps[f][k]}.
 *
 * @param step source columns from one target column to the next of its kind
 */
record ColumnTaps(int step, int[][] taps, int[][] places) {

  /** Returns which inputs each output reads: input = stride output - padding + dilation tap. */
  static ColumnTaps forward(Window window) {
    int[] taps = IntStream.range(0, window.columns()).toArray();
    int[] places =
        Arrays.stream(taps)
            .map(tap -> window.dilationColumns() * tap - window.paddingColumns())
            .toArray();
    return new ColumnTaps(window.strideColumns(), new int[][] {taps}, new int[][] {places});
  }

  /** Returns which outputs read each input. */
  static ColumnTaps backward(Window window) {
    int stride = window.strideColumns();
    int[][] taps = new int[stride][];
    int[][] places = new int[stride][];
    for (int f = 0; f < stride; f++) {
      int first = f + window.paddingColumns();
      taps[f] =
          IntStream.range(0, window.columns())
              .filter(tap -> (first - window.dilationColumns() * tap) % stride == 0)
              .toArray();
      places[f] =
          Arrays.stream(taps[f])
              .map(tap -> (first - window.dilationColumns() * tap) / stride)
              .toArray();
    }
    return new ColumnTaps(1, taps, places);
  }

  /** Kinds of target columns. */
  int phases() {
    return taps.length;
  }

  /** The number of target columns of a kind, of {@code columns} in all. */
  int count(int phase, int columns) {
    return (columns - phase + phases() - 1) / phases();
  }

  /** Source columns that are read before the first one. */
  int before() {
    return Math.max(0, -allPlaces().min().orElse(0));
  }

  private IntStream allPlaces() {
    return Arrays.stream(places).flatMapToInt(Arrays::stream);
  }
}
