package io.github.posteriori.cli.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers of unknown size, such as those in the units of a user's columns. */
public final class Digits {
  private Digits() {}

  /** Rounds to so many significant digits; what is very large or small has an exponent. */
  public static String significant(double value, int digits) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value, new MathContext(digits)).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e9
        ? rounded.toPlainString()
        : String.format(Locale.ROOT, "%." + (rounded.precision() - 1) + "e", rounded);
  }

  /** Writes a number beside an axis: thousands and millions shortened. */
  public static String tick(double value) {
    double size = Math.abs(value);
    if (size >= 1e9 || size > 0 && size < 1e-3) {
      return significant(value, 3);
    }
    if (size >= 1e6) {
      return significant(value / 1e6, 4) + "M";
    }
    return size >= 1e4 ? significant(value / 1e3, 4) + "k" : significant(value, 4);
  }
}
