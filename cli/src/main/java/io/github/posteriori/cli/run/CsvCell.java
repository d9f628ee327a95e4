package io.github.posteriori.cli.run;

/** Cells of a file of comma-separated values, as RFC 4180 writes them. */
public final class CsvCell {
  private CsvCell() {}

  /** Writes a text as a cell, in quotes where it would be taken for more than one. */
  public static String of(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
