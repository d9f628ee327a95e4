package io.github.posteriori.data;

import java.util.Arrays;

/** What was observed of some examples, in their order: what a likelihood explains. */
public sealed interface Targets {

  /** How many examples there are. */
  int count();

  /** The targets of {@code count} examples from {@code first} on. */
  Targets slice(int first, int count);

  /**
   * Classes.
   *
   * @param classes of each example, from 0
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
