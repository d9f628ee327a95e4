package io.github.posteriori.processor.spec;

/** A vertical and a horizontal number of pixels. */
public record Pair(int rows, int columns) {
  /** Creates a pair of equal numbers. */
  public static Pair square(int size) {
    return new Pair(size, size);
  }

  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}
