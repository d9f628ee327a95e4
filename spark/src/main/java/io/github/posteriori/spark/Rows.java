package io.github.posteriori.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/** Rows of numbers, of equal length, on their way between executors and the driver. */
final class Rows {
  private Rows() {}

  static void write(double[][] rows, DataOutputStream out) throws IOException {
    out.writeInt(rows.length);
    out.writeInt(rows[0].length);
    for (double[] row : rows) {
      for (double number : row) {
        out.writeDouble(number);
      }
    }
    out.flush();
  }

  static double[][] read(DataInputStream in) throws IOException {
    double[][] rows = new double[in.readInt()][in.readInt()];
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = in.readDouble();
      }
    }
    return rows;
  }

  /** Returns the rows of the first part, then those of the next. */
  static double[][] joined(double[][][] parts) {
    return Stream.of(parts).flatMap(Arrays::stream).toArray(double[][]::new);
  }
}
