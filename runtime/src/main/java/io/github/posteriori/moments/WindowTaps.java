package io.github.posteriori.moments;

import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/** Reads what the windows of a pool cover, tap by tap. */
final class WindowTaps {
  private final Shape.Image in;
  private final Shape.Image out;
  private final Window window;

  WindowTaps(PoolLayer layer) {
    this.in = layer.input();
    this.out = layer.output();
    this.window = layer.window();
  }

  /** The number of taps of a window, padding included. */
  int count() {
    return window.rows() * window.columns();
  }

  /** The number of windows of an image. */
  int outputs() {
    return out.size();
  }

  /**
   * Reads one tap of neighbouring windows.
   *
   * @param tap its number in the window, row by row
   * @param first number of the first window in an image
   * @param windows how many are read
   * @param values {@code [input, images]}
   * @param padding what lies outside the image
   * @param target gets {@code [windows, images]}
   */
  void read(
      int tap, int first, int windows, float[] values, int images, float padding, float[] target) {
    int row = tap / window.columns() * window.dilationRows() - window.paddingRows();
    int column = tap % window.columns() * window.dilationColumns() - window.paddingColumns();
    for (int w = 0; w < windows; w++) {
      int outputRow = (first + w) / out.width();
      int y = outputRow % out.height() * window.strideRows() + row;
      int x = (first + w) % out.width() * window.strideColumns() + column;
      if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
        int channel = outputRow / out.height();
        int from = ((channel * in.height() + y) * in.width() + x) * images;
        System.arraycopy(values, from, target, w * images, images);
      } else {
        Arrays.fill(target, w * images, (w + 1) * images, padding);
      }
    }
  }
}
