package io.github.posteriori.engine;

/** Images in columns, as opposed to rows. */
public final class ColumnLayout {
  private ColumnLayout() {}

  /**
   * Returns the transpose of a matrix.
   *
   * @param matrix {@code [rows, columns]}, row-major
   * @return {@code [columns, rows]}, row-major
   */
  public static float[] transpose(float[] matrix, int columns) {
    int rows = matrix.length / columns;
    float[] transpose = new float[matrix.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        transpose[c * rows + r] = matrix[r * columns + c];
      }
    }
    return transpose;
  }
}
