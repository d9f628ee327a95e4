package io.github.posteriori.processor.emit;

import java.util.ArrayList;
import java.util.List;

/** Formats lines of a generated source that JavaPoet offers no choice about. */
final class Layout {
  private static final int COLUMNS = 100;

  private Layout() {}

  /** Formats a source: groups fields by kind, and puts a Javadoc of one sentence on one line. */
  static String of(String source) {
    List<String> lines = source.lines().toList();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (isGap(lines, i)) {
        continue;
      }
      if (isShortJavadoc(lines, i)) {
        kept.add(onOneLine(lines, i));
        i += 2;
      } else {
        kept.add(lines.get(i));
      }
    }
    return String.join("\n", kept) + "\n";
  }

  private static boolean isGap(List<String> lines, int i) {
    return lines.get(i).isEmpty()
        && i > 0
        && Field.of(lines.get(i - 1)) != Field.NONE
        && Field.of(lines.get(i - 1)) == Field.of(lines.get(i + 1));
  }

  /** The kind of a field declared by a line. */
  private enum Field {
    NONE,
    CONSTANT,
    LAYER,
    STAGE;

    private static final String PRIVATE = "  private final ";

    static Field of(String line) {
      if (!line.endsWith(";")) {
        return NONE;
      }
      if (line.startsWith("  private static final ") || line.startsWith("  static final ")) {
        return CONSTANT;
      }
      if (line.startsWith(PRIVATE + RuntimeTypes.STAGE.simpleName() + " ")) {
        return STAGE;
      }
      return line.startsWith(PRIVATE) ? LAYER : NONE;
    }
  }

  private static boolean isShortJavadoc(List<String> lines, int i) {
    return lines.get(i).strip().equals("/**")
        && lines.get(i + 2).strip().equals("*/")
        && onOneLine(lines, i).length() <= COLUMNS;
  }

  private static String onOneLine(List<String> lines, int i) {
    return lines.get(i) + lines.get(i + 1).strip().substring(1) + " */";
  }
}
