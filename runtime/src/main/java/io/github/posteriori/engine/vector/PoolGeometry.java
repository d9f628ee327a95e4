package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;

/** Index ranges of a pooling window over an image. */
final class PoolGeometry {
  private final Window window;
  private final TapRange[] rows;
  private final TapRange[] rowsBack;
  private final int[] first;
  private final int[] end;

  PoolGeometry(Shape.Image in, Shape.Image out, Window window) {
    this.window = window;
    this.rows =
        TapRange.forward(
            out.height(),
            in.height(),
            window.rows(),
            window.strideRows(),
            window.paddingRows(),
            window.dilationRows());
    this.rowsBack =
        TapRange.backward(
            in.height(),
            out.height(),
            window.rows(),
            window.strideRows(),
            window.paddingRows(),
            window.dilationRows());
    this.first = new int[window.columns()];
    this.end = new int[window.columns()];
    for (int column = 0; column < window.columns(); column++) {
      while (first[column] < out.width() && place(column, first[column]) < 0) {
        first[column]++;
      }
      end[column] = out.width();
      while (end[column] > first[column] && place(column, end[column] - 1) >= in.width()) {
        end[column]--;
      }
    }
  }

  /** The input rows that an output row's windows read. */
  TapRange rows(int output) {
    return rows[output];
  }

  /** The output rows whose windows read an input row. */
  TapRange rowsBack(int input) {
    return rowsBack[input];
  }

  /** The input column that a window's tap reads. */
  int place(int column, int output) {
    return output * window.strideColumns()
        - window.paddingColumns()
        + column * window.dilationColumns();
  }

  /** The first window of a row whose tap in this column is on the image. */
  int first(int column) {
    return first[column];
  }

  /** The index behind the last window of a row whose tap in this column is on the image. */
  int end(int column) {
    return end[column];
  }

  /** The number of a tap, a whole one. */
  float tap(int row, int column) {
    return row * window.columns() + column;
  }
}
