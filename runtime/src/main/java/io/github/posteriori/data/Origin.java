package io.github.posteriori.data;

/**
 * The place of an example in the set that holds it.
 *
 * @param set compared by identity
 * @param index of the example in {@code set}
 */
record Origin(Dataset set, int index) {

  /** A set that takes its examples from others. */
  interface View extends Dataset {
    /** Returns the example of another set that example {@code index} is. */
    Origin origin(int index);
  }

  /** Follows an example through all views to the set that holds it. */
  static Origin of(Dataset set, int index) {
    Origin origin = new Origin(set, index);
    while (origin.set instanceof View view) {
      origin = view.origin(origin.index);
    }
    return origin;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Origin origin && origin.set == set && origin.index == index;
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(set) + index;
  }
}
