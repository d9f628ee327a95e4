package io.github.posteriori.cli;

import java.util.Locale;

/** Draws the line that shows on a terminal how far something is: share, bar, figures. */
final class ProgressLine {
  private static final String EIGHTHS = "▏▎▍▌▋▊▉█";
  private static final String YELLOW = "\033[33m";
  private static final String PLAIN = "\033[0m";

  private ProgressLine() {}

  /**
   * Draws the line; the bar takes the columns that the figures leave.
   *
   * @param share done, from 0 to 1
   * @param figures behind the bar
   * @param columns of the line, where the figures leave room for a bar of one
   */
  static String of(double share, String figures, int columns) {
    String percent = String.format(Locale.ROOT, "%3d%%", (int) (100 * share));
    int room = Math.max(1, columns - percent.length() - "││ ".length() - figures.length());
    int eighths = (int) (8 * room * share);
    String bar =
        EIGHTHS.substring(7).repeat(eighths / 8)
            + (eighths % 8 == 0 ? "" : EIGHTHS.charAt(eighths % 8 - 1));
    String rest = " ".repeat(room - bar.length());
    return percent + YELLOW + "│" + bar + rest + "│" + PLAIN + " " + figures;
  }
}
