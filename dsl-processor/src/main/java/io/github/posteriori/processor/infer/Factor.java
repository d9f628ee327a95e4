package io.github.posteriori.processor.infer;

import java.math.BigInteger;

/** A factor of a term of a {@link Count}, other than its coefficient. */
public sealed interface Factor {

  /** A free dimension. */
  record Free(String dimension) implements Factor {
    @Override
    public String toString() {
      return dimension;
    }
  }

  /** A quotient with a remainder, rounded down. */
  record Quotient(Count dividend, BigInteger divisor) implements Factor {
    @Override
    public String toString() {
      String text = dividend.terms().size() == 1 ? dividend.toString() : "(" + dividend + ")";
      return "floor(" + text + " / " + divisor + ")";
    }
  }
}
