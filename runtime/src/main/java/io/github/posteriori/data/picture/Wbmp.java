package io.github.posteriori.data.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * A WBMP file, whose two leading zeros are a weak sign: it is one only if it is as long as it says.
 *
 * @see <a href="https://www.wapforum.org/what/technical/SPEC-WAESpec-19990524.pdf">Wireless
 *     Application Environment Specification 1.1, appendix A</a>
 */
record Wbmp() implements Container {

  static Wbmp read(byte[] file) throws PictureException {
    ByteBuffer bytes = ByteBuffer.wrap(file).position(2);
    try {
      long width = number(bytes);
      long height = number(bytes);
      if (bytes.remaining() == (width + 7) / 8 * height) {
        return new Wbmp();
      }
    } catch (BufferUnderflowException e) {
      // Too short for a header.
    }
    throw PictureException.unknown();
  }

  /** Reads a number of seven bits a byte, all but the last of which have their high bit set. */
  private static long number(ByteBuffer bytes) {
    long number = 0;
    int next;
    do {
      next = bytes.get();
      number = number << 7 | next & 0x7f;
    } while (next < 0);
    return number;
  }
}
