package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.GemmKernel;
import java.util.ArrayList;
import java.util.List;

/**
 * Tabulates the offsets of the factors of each output pixel's sum, for {@link GemmKernel}. Pixels
 * whose windows read alike share a table.
 */
final class ConvOffsets {
  private final List<int[]> weights = new ArrayList<>();
  private final List<int[]> sources = new ArrayList<>();
  private final int[] table;
  private final int[] base;

  /**
   * Creates the tables of a map from source to target images.
   *
   * @param rows for each row of the target, the rows that it reads
   * @param columns for each column of the target, the columns that it reads
   * @param source the images that are read: those of one group
   * @param weights where those of the window's taps lie
   * @param width floats of an element
   */
  ConvOffsets(TapRange[] rows, TapRange[] columns, Plane source, Order weights, int width) {
    this.table = new int[rows.length * columns.length];
    this.base = new int[table.length];
    int[] rowKinds = kinds(rows);
    int[] columnKinds = kinds(columns);
    int[][] known = new int[rows.length][columns.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        int pixel = r * columns.length + c;
        if (rowKinds[r] == r && columnKinds[c] == c) {
          known[r][c] = this.weights.size();
          add(rows[r], columns[c], source, weights, width);
        }
        table[pixel] = known[rowKinds[r]][columnKinds[c]];
        base[pixel] = (rows[r].base() * source.columns() + columns[c].base()) * width;
      }
    }
  }

  /** The images of one group: channels, rows and columns. */
  record Plane(int channels, int rows, int columns) {
    int size() {
      return rows * columns;
    }
  }

  /** Offsets of the weights of taps. */
  interface Order {
    int at(int channel, int row, int column);
  }

  /** Returns for each position the first one that reads alike. */
  private static int[] kinds(TapRange[] all) {
    int[] kinds = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      int first = 0;
      while (!all[first].isLike(all[i])) {
        first++;
      }
      kinds[i] = first;
    }
    return kinds;
  }

  private void add(TapRange rows, TapRange columns, Plane source, Order order, int width) {
    int count = source.channels() * rows.count() * columns.count();
    int[] w = new int[count];
    int[] x = new int[count];
    int t = 0;
    for (int channel = 0; channel < source.channels(); channel++) {
      for (int r = 0; r < rows.count(); r++) {
        for (int c = 0; c < columns.count(); c++) {
          int row = rows.places()[r] - rows.base();
          int column = columns.places()[c] - columns.base();
          w[t] = order.at(channel, rows.taps()[r], columns.taps()[c]);
          x[t++] = (channel * source.size() + row * source.columns() + column) * width;
        }
      }
    }
    weights.add(w);
    sources.add(x);
  }

  /** Offsets of the weights of a pixel's terms. */
  int[] weights(int pixel) {
    return weights.get(table[pixel]);
  }

  /** Offsets of the inputs of a pixel's terms, from {@link #base(int)}. */
  int[] sources(int pixel) {
    return sources.get(table[pixel]);
  }

  /** The offset in its group of the source from which a pixel's offsets count. */
  int base(int pixel) {
    return base[pixel];
  }
}
