package io.github.posteriori.onnx;

import java.util.Locale;

/** The size of a model, whose file format ends at 2 GiB. */
final class ModelSize {
  /** What is left of 2 GiB beside the structure of a graph. */
  private static final long MOST_BYTES = (1L << 31) - (1L << 24);

  private long bytes;

  /**
   * Adds floats.
   *
   * @throws IllegalArgumentException when there are more than a file can hold
   */
  void add(long floats) {
    bytes += Float.BYTES * floats;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "the model has more than %,d bytes of weights, expected at most that, since an"
                      + " ONNX file",
                  MOST_BYTES)
              + " ends at 2 GiB: export the point estimate, which has the means alone, or a smaller"
              + " network");
    }
  }
}
