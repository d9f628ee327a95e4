package io.github.posteriori.engine.vector;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which numbers of x a tap of a filter multiplies with which of dy: in some rows of the output,
 * each pixel's of all images, one pixel after the other. Rows that reach alike share their tables.
 */
final class PixelPairs {
  /** Output pixels of a band, unless one row has more: their gradients fit the second cache. */
  private static final int BAND = 16;

  private final Map<IntBuffer, int[]> tables = new HashMap<>();
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
   * Lists them.
   *
   * @param width images of a block, of which x has a number each for every pixel
   * @param pixelStep from a pixel's numbers of dy to the next pixel's
   * @param imageStep from an image's numbers of dy to the next image's
   */
  PixelPairs(Geometry geometry, int width, int pixelStep, int imageStep) {
    Reach[] rows = geometry.rows();
    Reach[] columns = geometry.columns();
    int together = Math.max(1, BAND / columns.length);
    for (int first = 0; first < rows.length; first += together) {
      int end = Math.min(rows.length, first + together);
      Pair[] taps = new Pair[geometry.taps()];
      for (int tap = 0; tap < taps.length; tap++) {
        List<int[]> pixels = pixels(geometry, rows, columns, first, end, tap);
        taps[tap] = pair(pixels, width, pixelStep, imageStep);
      }
      bands.add(taps);
    }
  }

  /** Pixels of x and of dy that a tap ties together. */
  private static List<int[]> pixels(
      Geometry geometry, Reach[] rows, Reach[] columns, int firstRow, int endRow, int tap) {
    List<int[]> pixels = new ArrayList<>();
    for (int r = firstRow; r < endRow; r++) {
      int y = rows[r].place(tap / geometry.window().columns());
      for (int c = 0; c < columns.length; c++) {
        int x = columns[c].place(tap % geometry.window().columns());
        if (y >= 0 && x >= 0) {
          pixels.add(new int[] {y * geometry.input().width() + x, r * columns.length + c});
        }
      }
    }
    return pixels;
  }

  private Pair pair(List<int[]> pixels, int width, int pixelStep, int imageStep) {
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
    return new Pair(firstX * width, shared(x), firstDy * pixelStep, shared(dy));
  }

  private int[] shared(int[] table) {
    return tables.computeIfAbsent(IntBuffer.wrap(table), t -> table);
  }

  int bands() {
    return bands.size();
  }

  /** Of one band and tap. */
  Pair of(int band, int tap) {
    return bands.get(band)[tap];
  }
}
