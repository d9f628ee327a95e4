package io.github.posteriori.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What follows the instructions of a pickle: numbers, strings and lines of text. */
final class Operands {
  /** The longest number that protocols 0 and 1 may write in digits. */
  private static final int LONGEST_NUMBER = 1000;

  /** The longest name of a module, function or class accepted, in bytes. */
  private static final int LONGEST_NAME = 100;

  private final ByteBuffer pickle;

  /** Reads from the position of {@code pickle}, which it moves. */
  Operands(ByteBuffer pickle) {
    this.pickle = pickle.order(ByteOrder.LITTLE_ENDIAN);
  }

  int position() {
    return pickle.position();
  }

  /** Returns a byte from 0 to 255. */
  int u1() {
    return pickle.get() & 0xff;
  }

  int u2() {
    return pickle.getShort() & 0xffff;
  }

  int i4() {
    return pickle.getInt();
  }

  long u4() {
    return pickle.getInt() & 0xffff_ffffL;
  }

  long i8() {
    return pickle.getLong();
  }

  /** Reads the only big-endian number of a pickle. */
  double f8() {
    return Double.longBitsToDouble(Long.reverseBytes(pickle.getLong()));
  }

  byte[] bytes(long length) {
    if (length < 0 || length > pickle.remaining()) {
      throw PickleException.damaged(
          "its pickle claims a string of " + length + " bytes", "at most " + pickle.remaining());
    }
    byte[] bytes = new byte[(int) length];
    pickle.get(bytes);
    return bytes;
  }

  String utf8(long length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Reads an integer of {@code length} bytes, the lowest first. */
  BigInteger integer(long length) {
    byte[] bytes = bytes(length);
    byte[] bigEndian = new byte[bytes.length + 1]; // one more, since no bytes at all mean zero
    for (int i = 0; i < bytes.length; i++) {
      bigEndian[bytes.length - i] = bytes[i];
    }
    bigEndian[0] = (byte) (bytes.length > 0 && bigEndian[1] < 0 ? -1 : 0);
    return new BigInteger(bigEndian);
  }

  /** Reads a line, without the newline that ends it, one character a byte. */
  String line() {
    int start = pickle.position();
    while (pickle.get() != '\n') {
      // on to the end of the line
    }
    byte[] bytes = new byte[pickle.position() - start - 1];
    pickle.get(start, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Reads a line that is part of a name; throws where a longer one begins. */
  String name() {
    StringBuilder name = new StringBuilder();
    for (char next = (char) u1(); next != '\n'; next = (char) u1()) {
      if (name.length() == LONGEST_NAME) {
        throw PickleException.forbidden("a name that begins with " + name);
      }
      name.append(next);
    }
    return name.toString();
  }

  /** Reads a line of digits; protocol 0 also ends one with an L. */
  BigInteger digits() {
    return digits(number());
  }

  /** Returns the number that a line of digits is. */
  static BigInteger digits(String line) {
    String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    try {
      return new BigInteger(digits);
    } catch (NumberFormatException e) {
      throw PickleException.damaged("its pickle has the number '" + line + "'", "digits");
    }
  }

  /** Reads a line that is a float as Python writes it. */
  double decimal() {
    String line = number();
    try {
      return switch (line) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> Double.parseDouble(line);
      };
    } catch (NumberFormatException e) {
      throw PickleException.damaged("its pickle has the number '" + line + "'", "a float");
    }
  }

  /** Reads a line that is short enough for a number. */
  String number() {
    String line = line();
    if (line.length() > LONGEST_NUMBER) {
      throw PickleException.damaged(
          "its pickle has a number of " + line.length() + " characters",
          "at most " + LONGEST_NUMBER);
    }
    return line;
  }
}
