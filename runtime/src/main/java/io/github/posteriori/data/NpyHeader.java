package io.github.posteriori.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * What an array of NumPy says of itself before its numbers.
 *
 * @param type the kind of number and its bytes, such as {@code f4}
 * @param bigEndian whether the first byte of a number is the most significant
 * @param fortran whether the first index of the array varies fastest, and not the last
 * @param shape the dimensions, whose product is a number of values that an array can hold
 * @param bytes of the header
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's
 *     description of the format</a>
 */
record NpyHeader(String type, boolean bigEndian, boolean fortran, int[] shape, int bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_BYTES = 1 << 16;
  private static final String TYPES = "u1, i1, u2, i2, u4, i4, u8, i8, f2, f4, f8 or b1";
  private static final Pattern FIELDS =
      Pattern.compile(
          "\\s*\\{\\s*'descr'\\s*:\\s*'([^']*)'\\s*,\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,"
              + "\\s*'shape'\\s*:\\s*\\(\\s*((?:\\d{1,18}L?\\s*"
              + "(?:,\\s*\\d{1,18}L?\\s*)*,?\\s*)?)\\)\\s*,?\\s*\\}\\s*");
  private static final Pattern NUMBER =
      Pattern.compile("([<>|=])([uif][1248]|b1|U\\d{1,6}|S\\d{1,6})");

  /**
   * Reads a header.
   *
   * @param where the array, for messages
   * @throws DataException if it is none, or that of an array whose values are not read
   * @throws IOException if the bytes cannot be read
   */
  static NpyHeader read(DataInputStream in, String where) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw damaged(where, "no array of NumPy");
    }
    int version = in.readUnsignedByte();
    in.readUnsignedByte();
    int lengthBytes = version == 1 ? 2 : 4;
    long length =
        version == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    if (version < 1 || version > 3 || length > MOST_BYTES) {
      throw damaged(where, "a header of version " + version + " and " + length + " bytes");
    }
    String text = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    return parse(text, MAGIC.length + 2 + lengthBytes + (int) length, where);
  }

  private static NpyHeader parse(String text, int bytes, String where) {
    Matcher fields = FIELDS.matcher(text);
    if (!fields.matches()) {
      boolean structured = text.contains("'descr': [");
      throw structured
          ? DataException.of(where, "an array of records", "numbers " + TYPES, "Save its fields.")
          : damaged(where, "the header " + text.strip());
    }
    Matcher type = NUMBER.matcher(fields.group(1));
    if (fields.group(1).contains("O")) {
      throw DataException.of(
          where,
          "pickled objects, which can run any program",
          "numbers " + TYPES,
          "Save an array of numbers: allow_pickle=False says which ones are.");
    }
    if (!type.matches()) {
      throw DataException.of(
          where,
          "values of type " + fields.group(1),
          "numbers " + TYPES,
          "Convert it with astype.");
    }
    long[] shape =
        Arrays.stream(fields.group(3).split(","))
            .map(dimension -> dimension.replace("L", "").strip())
            .filter(dimension -> !dimension.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    double values = LongStream.of(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (values > Integer.MAX_VALUE - 8
        || LongStream.of(shape).anyMatch(n -> n > Integer.MAX_VALUE)) {
      throw DataException.of(
          where,
          "an array of " + Arrays.toString(shape),
          "at most " + (Integer.MAX_VALUE - 8) + " values",
          "Save a part of it.");
    }
    return new NpyHeader(
        type.group(2),
        type.group(1).equals(">"),
        fields.group(2).equals("True"),
        LongStream.of(shape).mapToInt(Math::toIntExact).toArray(),
        bytes);
  }

  private static DataException damaged(String where, String found) {
    return DataException.of(
        where, found, "what numpy.savez writes", "Copy or write the file again.");
  }

  /** Whether the values are words. */
  boolean areWords() {
    return type.startsWith("U") || type.startsWith("S");
  }

  /** The number of values. */
  int count() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** The bytes of one value. */
  int size() {
    int number = Integer.parseInt(type.substring(1));
    return type.startsWith("U") ? 4 * number : number;
  }

  /** The bytes of all values. */
  long dataBytes() {
    return (long) count() * size();
  }
}
