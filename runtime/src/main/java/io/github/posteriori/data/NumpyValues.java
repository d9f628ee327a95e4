package io.github.posteriori.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers that are to be predicted of an array's examples.
 *
 * @param names of the targets: {@code y} of one, {@code y0, y1, ...} of several
 * @param values of each example, one after the other
 */
record NumpyValues(List<String> names, float[] values) {

  /**
   * Reads an array of numbers, {@code [n]} or {@code [n, targets]}.
   *
   * @param where the array, for messages
   * @throws DataException if it holds something else
   */
  static NumpyValues read(NpyHeader y, InputStream in, String where) throws IOException {
    int[] shape = y.shape();
    if (shape.length > 2 || y.areWords()) {
      throw DataException.of(
          where,
          y.areWords() ? "words" : "an array of " + Arrays.toString(shape),
          "one number of each example, or several",
          "Save numbers [n] or [n, targets].");
    }
    Object numbers = NpyArray.numbers(y, in).values();
    float[] values = numbers instanceof byte[] bytes ? floats(bytes) : (float[]) numbers;
    int targets = shape.length == 1 ? 1 : shape[1];
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw DataException.of(
            where + ", example " + i / targets,
            String.valueOf(values[i]),
            "a number",
            "Leave the example out.");
      }
    }
    return new NumpyValues(names(targets), values);
  }

  private static List<String> names(int targets) {
    return targets == 1
        ? List.of("y")
        : IntStream.range(0, targets).mapToObj(target -> "y" + target).toList();
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      floats[i] = bytes[i] & 0xff;
    }
    return floats;
  }
}
