package io.github.posteriori.processor.spec;

/** Pixels downwards and to the right. */
public record Pair(int rows, int columns) {
  /** The same in both directions. */
  public static Pair square(int size) {
    return new Pair(size, size);
  }

  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}
