package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.layers.Window;

/**
 * Transposes between the lane layout, {@code [channels, rows, columns, width]}, and padded images
 * with channels last, {@code [images, rows, columns, channels]}.
 */
final class Images {
  /** Images that are transposed together, so that they stay in the cache. */
  static final int TOGETHER = 16;

  private Images() {}

  /**
   * Copies the images in lanes {@code [from, to)} out of the lanes, the first to index 0. The
   * padding is left unchanged.
   */
  static void fromLanes(
      Geometry geometry,
      float[] lanes,
      int width,
      int from,
      int to,
      float[] images,
      int imageFloats) {
    int channels = geometry.input().channels();
    int rows = geometry.input().height();
    int columns = geometry.input().width();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = LEAD + place(geometry, row, column);
        int pixel = row * columns + column;
        for (int channel = 0; channel < channels; channel++) {
          int source = LEAD + (channel * rows * columns + pixel) * width;
          for (int lane = from; lane < to; lane++) {
            images[at + (lane - from) * imageFloats + channel] = lanes[source + lane];
          }
        }
      }
    }
  }

  /** Copies images back into lanes {@code [from, to)}, without their padding. */
  static void toLanes(
      Geometry geometry,
      float[] images,
      int imageFloats,
      int width,
      int from,
      int to,
      float[] lanes) {
    int channels = geometry.input().channels();
    int rows = geometry.input().height();
    int columns = geometry.input().width();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = LEAD + place(geometry, row, column);
        int pixel = row * columns + column;
        for (int channel = 0; channel < channels; channel++) {
          int target = LEAD + (channel * rows * columns + pixel) * width;
          for (int lane = from; lane < to; lane++) {
            lanes[target + lane] = images[at + (lane - from) * imageFloats + channel];
          }
        }
      }
    }
  }

  private static int place(Geometry geometry, int row, int column) {
    Window window = geometry.window();
    int wide = geometry.input().width() + 2 * window.paddingColumns();
    return ((row + window.paddingRows()) * wide + column + window.paddingColumns())
        * geometry.input().channels();
  }
}
