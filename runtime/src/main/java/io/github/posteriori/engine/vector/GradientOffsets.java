package io.github.posteriori.engine.vector;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tabulates the offsets in x and in dy of the factors of each weight's gradient, for each tap of a
 * filter and each band of output pixels: all images of a pixel, then those of the next. Bands that
 * read alike share their tables.
 */
final class GradientOffsets {
  /** Maximum number of output pixels of a band, whose gradients fit the second-level cache. */
  private static final int BAND = 16;

  private final Geometry geometry;
  private final TapRange[] rows;
  private final TapRange[] columns;
  private final List<Pair[]> bands = new ArrayList<>();

  /**
   * The products of one tap in one band.
   *
   * @param firstX where the numbers of x begin
   * @param x offsets from there
   * @param firstDy where those of dy begin
   * @param dy offsets from there
   */
  record Pair(int firstX, int[] x, int firstDy, int[] dy) {}

  /**
   * Lists the bands of a map.
   *
   * @param geometry of the map
   * @param width images of a block, of which x has a number each for every pixel
   * @param pixelStep from a pixel's numbers of dy to the next pixel's
   * @param imageStep from an image's numbers of dy to the next image's
   */
  GradientOffsets(Geometry geometry, int width, int pixelStep, int imageStep) {
    this.geometry = geometry;
    this.rows = geometry.rows();
    this.columns = geometry.columns();
    Map<IntBuffer, int[]> tables = new HashMap<>();
    int bandColumns = Math.min(BAND, columns.length);
    int bandRows = BAND / bandColumns;
    for (int row = 0; row < rows.length; row += bandRows) {
      int endRow = Math.min(rows.length, row + bandRows);
      for (int column = 0; column < columns.length; column += bandColumns) {
        int endColumn = Math.min(columns.length, column + bandColumns);
        Pair[] taps = new Pair[geometry.taps()];
        for (int tap = 0; tap < taps.length; tap++) {
          List<int[]> pixels = pixels(row, endRow, column, endColumn, tap);
          taps[tap] = pair(pixels, width, pixelStep, imageStep, tables);
        }
        bands.add(taps);
      }
    }
  }

  /** Lists the pixels of x and of dy that a tap connects. */
  private List<int[]> pixels(int row, int endRow, int column, int endColumn, int tap) {
    List<int[]> pixels = new ArrayList<>();
    for (int r = row; r < endRow; r++) {
      int y = rows[r].place(tap / geometry.window().columns());
      for (int c = column; c < endColumn; c++) {
        int x = columns[c].place(tap % geometry.window().columns());
        if (y >= 0 && x >= 0) {
          pixels.add(new int[] {y * geometry.input().width() + x, r * columns.length + c});
        }
      }
    }
    return pixels;
  }

  private static Pair pair(
      List<int[]> pixels, int width, int pixelStep, int imageStep, Map<IntBuffer, int[]> tables) {
    int[] x = new int[pixels.size() * width];
    int[] dy = new int[x.length];
    if (pixels.isEmpty()) {
      return new Pair(0, x, 0, dy);
    }
    int firstX = pixels.get(0)[0];
    int firstDy = pixels.get(0)[1];
    int t = 0;
    for (int[] pixel : pixels) {
      for (int image = 0; image < width; image++) {
        x[t] = (pixel[0] - firstX) * width + image;
        dy[t++] = (pixel[1] - firstDy) * pixelStep + image * imageStep;
      }
    }
    return new Pair(firstX * width, shared(x, tables), firstDy * pixelStep, shared(dy, tables));
  }

  private static int[] shared(int[] table, Map<IntBuffer, int[]> tables) {
    return tables.computeIfAbsent(IntBuffer.wrap(table), t -> table);
  }

  /** The number of bands. */
  int count() {
    return bands.size();
  }

  /** The offsets of one band and tap. */
  Pair of(int band, int tap) {
    return bands.get(band)[tap];
  }
}
