package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
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

  /**
   * A view of all examples of one other set, in its order, that is like it but for what it says.
   */
  interface WholeView extends View {
    /** The other set. */
    Dataset base();

    @Override
    default Origin origin(int index) {
      return new Origin(base(), index);
    }

    @Override
    default String name() {
      return base().name();
    }

    @Override
    default int size() {
      return base().size();
    }

    @Override
    default Shape shape() {
      return base().shape();
    }

    @Override
    default int classes() {
      return base().classes();
    }

    @Override
    default List<String> classNames() {
      return base().classNames();
    }

    @Override
    default boolean takesLongToRead() {
      return base().takesLongToRead();
    }

    @Override
    default int label(int index) {
      return base().label(index);
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
