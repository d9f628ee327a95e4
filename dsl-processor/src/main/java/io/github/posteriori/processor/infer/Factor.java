package io.github.posteriori.processor.infer;

import java.math.BigInteger;

/** What a term of a {@link Count} is made of, beside its coefficient. */
public sealed interface Factor {

  /** A dimension that stays open. */
  record Free(String dimension) implements Factor {
    @Override
    public String toString() {
      return dimension;
    }
  }

  /** A quotient that does not come out even, rounded down. */
  record Quotient(Count dividend, BigInteger divisor) implements Factor {
    @Override
    public String toString() {
      String text = dividend.terms().size() == 1 ? dividend.toString() : "(" + dividend + ")";
      return "floor(" + text + " / " + divisor + ")";
    }
  }
}
