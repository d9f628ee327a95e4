package io.github.posteriori.data;

import java.util.Arrays;

/** The targets of some examples, in their order: the observations that a likelihood explains. */
public sealed interface Targets {

  /** The number of examples. */
  int count();

  /** Returns the targets of {@code count} examples from {@code first} on. */
  Targets slice(int first, int count);

  /**
   * Class labels.
   *
   * @param classes the class of each example, from 0
   */
  record Labels(int[] classes) implements Targets {
    @Override
    public int count() {
      return classes.length;
    }

    @Override
    public Labels slice(int first, int count) {
      return new Labels(Arrays.copyOfRange(classes, first, first + count));
    }
  }
}
