package io.github.posteriori.data;

import java.io.Serializable;
import java.util.Arrays;

/** The targets of some examples, in their order: the observations that a likelihood explains. */
public sealed interface Targets extends Serializable {

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

  /**
   * Numbers: measurements, counts, or several labels at once, of which each holds (1) or does not
   * (0). What they mean is the likelihood's to say.
   *
   * @param values {@code [count, width]}, row-major
   * @param width the numbers of one example, at least 1
   */
  record Values(float[] values, int width) implements Targets {
    public Values {
      if (width < 1 || values.length % width != 0) {
        throw new IllegalArgumentException(
            "%s values have the width %s, expected a multiple of a width of at least 1"
                .formatted(values.length, width));
      }
    }

    @Override
    public int count() {
      return values.length / width;
    }

    @Override
    public Values slice(int first, int count) {
      return new Values(Arrays.copyOfRange(values, first * width, (first + count) * width), width);
    }
  }

  /**
   * Targets of examples that were mixed of two: {@code share} of the one and {@code 1 - share} of
   * the other (mixup: Zhang et al. 2018).
   *
   * @param first the targets of the ones
   * @param second the targets of the others
   * @param shares the share of the one in each example, from 0 to 1
   */
  record Mixed(Targets first, Targets second, float[] shares) implements Targets {
    public Mixed {
      if (first.count() != shares.length || second.count() != shares.length) {
        throw new IllegalArgumentException(
            "mixed are %s targets with %s in %s shares, expected as many of each"
                .formatted(first.count(), second.count(), shares.length));
      }
      for (float share : shares) {
        if (!(share >= 0 && share <= 1)) {
          throw new IllegalArgumentException("a share is " + share + ", expected 0 to 1");
        }
      }
    }

    @Override
    public int count() {
      return shares.length;
    }

    @Override
    public Mixed slice(int from, int count) {
      return new Mixed(
          first.slice(from, count),
          second.slice(from, count),
          Arrays.copyOfRange(shares, from, from + count));
    }
  }
}
