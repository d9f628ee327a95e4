package io.github.posteriori.onnx;

import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Window;
import java.util.List;
import java.util.stream.IntStream;

/** What the windows of a pool cover, tap by tap, as strided slices of the padded image. */
final class WindowTaps {
  private final PoolLayer layer;
  private final Terms terms;

  WindowTaps(PoolLayer layer, Terms terms) {
    this.layer = layer;
    this.terms = terms;
  }

  /** Adds each tap of all windows, row by row; {@code padding} lies outside the image. */
  List<Value> of(Value image, double padding) {
    Window window = layer.window();
    Value padded = padded(image, padding);
    return IntStream.range(0, window.rows() * window.columns())
        .mapToObj(tap -> tap(padded, tap / window.columns(), tap % window.columns()))
        .toList();
  }

  private Value padded(Value image, double padding) {
    int rows = layer.window().paddingRows();
    int columns = layer.window().paddingColumns();
    if (rows == 0 && columns == 0) {
      return image;
    }
    Value pads = terms.integers(0, 0, rows, columns, 0, 0, rows, columns);
    return terms.of("Pad", image, pads, terms.number(padding));
  }

  private Value tap(Value padded, int row, int column) {
    Window window = layer.window();
    long top = (long) row * window.dilationRows();
    long left = (long) column * window.dilationColumns();
    long bottom = top + (layer.output().height() - 1L) * window.strideRows() + 1;
    long right = left + (layer.output().width() - 1L) * window.strideColumns() + 1;
    return terms.of(
        "Slice",
        padded,
        terms.integers(top, left),
        terms.integers(bottom, right),
        terms.integers(2, 3),
        terms.integers(window.strideRows(), window.strideColumns()));
  }
}
