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
   * Reads one tap of every window.
   *
   * @param tap its number in the window, row by row
   * @param values {@code [input, images]}; nothing is read where there are none
   * @param padding what lies outside the image
   * @param target gets {@code [output, images]}
   */
  void read(int tap, float[] values, int images, float padding, float[] target) {
    if (values.length == 0) {
      return;
    }
    int row = tap / window.columns() * window.dilationRows() - window.paddingRows();
    int column = tap % window.columns() * window.dilationColumns() - window.paddingColumns();
    int to = 0;
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int r = 0; r < out.height(); r++) {
        for (int c = 0; c < out.width(); c++, to += images) {
          int y = r * window.strideRows() + row;
          int x = c * window.strideColumns() + column;
          if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
            int from = ((channel * in.height() + y) * in.width() + x) * images;
            System.arraycopy(values, from, target, to, images);
          } else {
            Arrays.fill(target, to, to + images, padding);
          }
        }
      }
    }
  }
}
