package io.github.posteriori.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The values of an array in memory, in the order of C: the last index varies fastest.
 *
 * @param header what they are
 * @param values bytes of {@code u1}, strings of words, doubles of labels, or else floats
 */
record NpyArray(NpyHeader header, Object values) {
  private static final int PIECE = 1 << 16;

  /** Reads an array as bytes if it holds {@code u1}, or else as floats. */
  static NpyArray numbers(NpyHeader header, InputStream in) throws IOException {
    if (header.type().equals("u1")) {
      byte[] bytes = new byte[header.count()];
      read(header, in, (at, piece) -> bytes[at] = piece.get());
      return new NpyArray(header, bytes);
    }
    float[] floats = new float[header.count()];
    read(header, in, (at, piece) -> floats[at] = (float) number(header.type(), piece));
    return new NpyArray(header, floats);
  }

  /** Reads labels: words as they are, numbers as they are written. */
  static String[] words(NpyHeader header, InputStream in) throws IOException {
    String[] words = new String[header.count()];
    read(
        header,
        in,
        (at, piece) -> words[at] = header.areWords() ? word(header, piece) : label(header, piece));
    return words;
  }

  /** Takes the value at the position of the piece and puts it to its place. */
  @FunctionalInterface
  private interface Sink {
    void put(int at, ByteBuffer piece);
  }

  private static void read(NpyHeader header, InputStream in, Sink sink) throws IOException {
    int size = header.size();
    if (size == 0) {
      IntStream.range(0, header.count()).forEach(i -> sink.put(i, ByteBuffer.allocate(0)));
      return;
    }
    byte[] bytes = new byte[Math.max(1, PIECE / size) * size];
    ByteOrder order = header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int[] strides = strides(header.shape());
    int[] index = new int[header.shape().length];
    int done = 0;
    while (done < header.count()) {
      int wanted = (int) Math.min(bytes.length, (long) (header.count() - done) * size);
      if (in.readNBytes(bytes, 0, wanted) < wanted) {
        throw new java.io.EOFException("the array ends early");
      }
      ByteBuffer piece = ByteBuffer.wrap(bytes, 0, wanted).order(order);
      while (piece.hasRemaining()) {
        sink.put(header.fortran() ? next(index, header.shape(), strides) : done, piece);
        done++;
      }
    }
  }

  private static int[] strides(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }

  /** Returns the place of an index, and moves on to the one after it in the order of Fortran. */
  private static int next(int[] index, int[] shape, int[] strides) {
    int at = 0;
    for (int i = 0; i < index.length; i++) {
      at += index[i] * strides[i];
    }
    for (int i = 0; i < index.length; i++) {
      if (++index[i] < shape[i]) {
        break;
      }
      index[i] = 0;
    }
    return at;
  }

  private static double number(String type, ByteBuffer piece) {
    return switch (type) {
      case "u1" -> piece.get() & 0xff;
      case "b1", "i1" -> piece.get();
      case "u2" -> piece.getShort() & 0xffff;
      case "i2" -> piece.getShort();
      case "u4" -> piece.getInt() & 0xffffffffL;
      case "i4" -> piece.getInt();
      case "u8", "i8" -> piece.getLong();
      case "f2" -> half(piece.getShort());
      case "f4" -> piece.getFloat();
      case "f8" -> piece.getDouble();
      default -> throw new IllegalStateException("the header admits no " + type);
    };
  }

  /** Reads a number of 1 bit of sign, 5 of exponent and 10 of fraction (IEEE 754). */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size =
        exponent == 0x1f
            ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
            : exponent == 0
                ? fraction * 0x1p-24f
                : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    return bits < 0 ? -size : size;
  }

  private static String word(NpyHeader header, ByteBuffer piece) {
    byte[] bytes = new byte[header.size()];
    piece.get(bytes);
    if (header.type().startsWith("S")) {
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] == 0) {
        end--;
      }
      return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
    }
    StringBuilder word = new StringBuilder();
    ByteBuffer letters = ByteBuffer.wrap(bytes).order(piece.order());
    while (letters.hasRemaining()) {
      int letter = letters.getInt();
      if (letter != 0 && Character.isValidCodePoint(letter)) {
        word.appendCodePoint(letter);
      }
    }
    return word.toString();
  }

  private static String label(NpyHeader header, ByteBuffer piece) {
    if (header.type().equals("b1")) {
      return piece.get() == 0 ? "false" : "true";
    }
    if (header.type().startsWith("f")) {
      double number = number(header.type(), piece);
      return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
    return header.type().equals("u8")
        ? Long.toUnsignedString(piece.getLong())
        : String.valueOf((long) number(header.type(), piece));
  }
}
