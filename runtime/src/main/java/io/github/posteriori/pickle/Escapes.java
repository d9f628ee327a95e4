package io.github.posteriori.pickle;

import java.io.ByteArrayOutputStream;

/** The two ways in which protocol 0 writes a string as a line of text. */
final class Escapes {
  private static final String NAMED = "\\'\"abfnrtv";
  private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

  private Escapes() {}

  /** Returns the bytes of a string in quotes, as {@code repr} of Python 2 writes it. */
  static byte[] quoted(String line) {
    int end = line.length() - 1;
    if (end < 1 || line.charAt(0) != line.charAt(end) || "'\"".indexOf(line.charAt(0)) < 0) {
      throw PickleException.damaged("its pickle has a string without quotes", "quotes around it");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
    for (int i = 1; i < end; i++) {
      char next = line.charAt(i);
      if (next != '\\' || i + 1 == end) {
        bytes.write(next);
        continue;
      }
      char escape = line.charAt(++i);
      int named = NAMED.indexOf(escape);
      if (escape == 'x') {
        bytes.write(hex(line, i + 1, 2));
        i += 2;
      } else if (named >= 0) {
        bytes.write(MEANT.charAt(named));
      } else {
        bytes.write('\\');
        bytes.write(escape);
      }
    }
    return bytes.toByteArray();
  }

  /** Returns a string in which {@code backslash u} and four hexadecimal digits are a character. */
  static String rawUnicode(String line) {
    if (line.indexOf('\\') < 0) {
      return line;
    }
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char next = line.charAt(i);
      char kind = next == '\\' && i + 1 < line.length() ? line.charAt(i + 1) : ' ';
      int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      if (digits == 0) {
        text.append(next);
        continue;
      }
      int character = hex(line, i + 2, digits);
      if (!Character.isValidCodePoint(character)) {
        throw damagedEscape();
      }
      text.appendCodePoint(character);
      i += 1 + digits;
    }
    return text.toString();
  }

  private static int hex(String line, int start, int digits) {
    if (start + digits > line.length()) {
      throw damagedEscape();
    }
    try {
      return Integer.parseUnsignedInt(line, start, start + digits, 16);
    } catch (NumberFormatException e) {
      throw damagedEscape();
    }
  }

  private static PickleException damagedEscape() {
    return PickleException.damaged("its pickle has a broken escape in a string", "hex digits");
  }
}
