package io.github.posteriori.data;

import java.util.Set;
import java.util.regex.Pattern;

/** Numbers as files of comma-separated values write them. */
final class CsvNumber {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
  private static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d{1,4})?");
  private static final Set<String> HOLES =
      Set.of("", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "?", "-");

  private CsvNumber() {}

  /** Returns whether a cell of a column of numbers says that there is none. */
  static boolean isHole(String cell) {
    return HOLES.contains(cell);
  }

  /**
   * Returns whether a cell is a number. Where commas do not separate cells, one may stand for the
   * decimal point.
   */
  static boolean isOne(String cell, char separator) {
    return NUMBER.matcher(cell).matches() || separator != ',' && COMMA.matcher(cell).matches();
  }

  /** Reads a cell that is a number; infinite if it is too large for a float. */
  static float of(String cell) {
    return Float.parseFloat(cell.replace(',', '.'));
  }
}
