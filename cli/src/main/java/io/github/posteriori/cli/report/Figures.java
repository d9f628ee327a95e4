package io.github.posteriori.cli.report;

import java.util.Locale;

/** Numbers as the page writes them, the same in every locale. */
final class Figures {
  private Figures() {}

  /** Writes a share as a percentage with two decimals. */
  static String percent(double share) {
    return decimals(100 * share, 2) + " %";
  }

  /** Writes a number with a fixed count of decimals. */
  static String decimals(double value, int count) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a figure is " + value + ", expected a number");
    }
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }

  /** Writes a number of things, in groups of three digits. */
  static String count(long things) {
    return String.format(Locale.ROOT, "%,d", things);
  }

  /** Writes a number of things with their name: "1 epoch", "2 epochs". */
  static String count(long things, String name) {
    return count(things) + " " + name + (things == 1 ? "" : "s");
  }
}
