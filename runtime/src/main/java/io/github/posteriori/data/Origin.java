package io.github.posteriori.data;

import java.util.List;

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

    @Override
    default List<String> targetNames() {
      return size() == 0 ? List.of() : origin(0).set().targetNames();
    }

    @Override
    default Targets targets(int... indices) {
      int width = targetNames().size();
      if (width == 0) {
        return Dataset.super.targets(indices);
      }
      float[] values = new float[indices.length * width];
      for (int i = 0; i < indices.length; i++) {
        Origin origin = origin(indices[i]);
        Targets.Values own = (Targets.Values) origin.set().targets(origin.index());
        System.arraycopy(own.values(), 0, values, i * width, width);
      }
      return new Targets.Values(values, width);
    }
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
