package io.github.posteriori.layers;

import io.github.posteriori.annotations.Dim;

/**
 * The window of a convolution or pool: its size, stride, padding and dilation, each in pixels as
 * rows and columns.
 *
 * @param rows window height
 * @param columns window width
 * @param strideRows vertical stride, at least 1
 * @param strideColumns horizontal stride, at least 1
 * @param paddingRows pixels added above and below
 * @param paddingColumns pixels added left and right
 * @param dilationRows distance between vertically neighbouring taps, at least 1
 * @param dilationColumns distance between horizontally neighbouring taps, at least 1
 */
public record Window(
    int rows,
    int columns,
    int strideRows,
    int strideColumns,
    int paddingRows,
    int paddingColumns,
    int dilationRows,
    int dilationColumns) {

  public Window {
    require(rows >= 1 && columns >= 1, "kernel", rows, columns, "at least 1");
    require(
        strideRows >= 1 && strideColumns >= 1, "stride", strideRows, strideColumns, "at least 1");
    require(
        paddingRows >= 0 && paddingColumns >= 0,
        "padding",
        paddingRows,
        paddingColumns,
        "at least 0");
    require(
        dilationRows >= 1 && dilationColumns >= 1,
        "dilation",
        dilationRows,
        dilationColumns,
        "at least 1");
  }

  /**
   * Creates a window of {@code rows} x {@code columns} with stride and dilation 1, without padding.
   */
  public static Window kernel(int rows, int columns) {
    return new Window(rows, columns, 1, 1, 0, 0, 1, 1);
  }

  /** Returns this window with another stride. */
  public Window stride(int rows, int columns) {
    return new Window(
        this.rows,
        this.columns,
        rows,
        columns,
        paddingRows,
        paddingColumns,
        dilationRows,
        dilationColumns);
  }

  /** Returns this window with another padding. */
  public Window padding(int rows, int columns) {
    return new Window(
        this.rows,
        this.columns,
        strideRows,
        strideColumns,
        rows,
        columns,
        dilationRows,
        dilationColumns);
  }

  /** Returns this window with another dilation: the distance between its taps. */
  public Window dilation(int rows, int columns) {
    return new Window(
        this.rows,
        this.columns,
        strideRows,
        strideColumns,
        paddingRows,
        paddingColumns,
        rows,
        columns);
  }

  /** The number of taps. */
  int size() {
    return rows * columns;
  }

  /** Throws if the input of {@code layer} is too small for this window. */
  void requireFit(String layer, Shape.Image input) {
    if (height(input) < 1 || width(input) < 1) {
      throw new IllegalArgumentException(
          layer
              + ": the window "
              + this
              + " does not fit into the input "
              + input
              + ": enlarge the input or the padding");
    }
  }

  /** Returns the output shape, with {@code channels}, of this window over {@code input}. */
  Shape.Image over(Shape.Image input, int channels) {
    return Shape.image(channels, height(input), width(input));
  }

  private int height(Shape.Image input) {
    return Dim.slide(input.height(), rows, strideRows, paddingRows, dilationRows);
  }

  private int width(Shape.Image input) {
    return Dim.slide(input.width(), columns, strideColumns, paddingColumns, dilationColumns);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(rows + "x" + columns);
    if (strideRows != 1 || strideColumns != 1) {
      text.append(", stride ").append(strideRows).append('x').append(strideColumns);
    }
    if (paddingRows != 0 || paddingColumns != 0) {
      text.append(", padding ").append(paddingRows).append('x').append(paddingColumns);
    }
    if (dilationRows != 1 || dilationColumns != 1) {
      text.append(", dilation ").append(dilationRows).append('x').append(dilationColumns);
    }
    return text.toString();
  }

  private static void require(boolean holds, String what, int rows, int columns, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          what + " is " + rows + "x" + columns + ", expected " + expected);
    }
  }
}
