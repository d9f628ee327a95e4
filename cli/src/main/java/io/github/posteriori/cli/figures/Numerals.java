package io.github.posteriori.cli.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers in pictures. */
public final class Numerals {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numerals() {}

  /** Rounds to two significant digits; what is below a thousandth as a power of ten. */
  public static String of(double value) {
    if (value == 0 || Math.abs(value) >= 1e-3) {
      return new BigDecimal(value, new MathContext(2)).stripTrailingZeros().toPlainString();
    }
    int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
    String digits = String.format(Locale.ROOT, "%.1f", value / Math.pow(10, exponent));
    return digits.equals("1.0")
        ? power(exponent)
        : digits.replace(".0", "") + "·" + power(exponent);
  }

  /** Rounds to three places, and never up to 1. */
  public static String probability(double value) {
    return value > 0.9995 ? "> 0.999" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Writes a power of ten: that power. */
  public static String decade(double value) {
    return power((int) Math.round(Math.log10(value)));
  }

  private static String power(int exponent) {
    if (exponent == 0) {
      return "1";
    }
    StringBuilder text = new StringBuilder("10");
    for (char c : String.valueOf(exponent).toCharArray()) {
      text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0'));
    }
    return text.toString();
  }
}
