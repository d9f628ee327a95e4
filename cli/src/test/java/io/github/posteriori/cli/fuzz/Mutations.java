package io.github.posteriori.cli.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Damages copies of whole files, the same ones in the same order for the same seed. */
final class Mutations {
  private static final int EXTREMES_WITHIN = 64;
  private static final int MOST_DAMAGES = 4;
  private static final int LONGEST_BLOCK = 64;

  /** What a count, a length or an offset is when somebody means harm. */
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0xffff,
    1 << 24,
    Integer.MAX_VALUE - 8,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffff_ffffL,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final List<byte[]> whole;
  private final int header;
  private final Random random;

  /**
   * @param whole valid files
   * @param header how many of their first bytes are damaged one by one
   */
  Mutations(List<byte[]> whole, int header, long seed) {
    this.whole = whole;
    this.header = header;
    this.random = new Random(seed);
  }

  /**
   * Each byte of each header in turn: all its bits turned, one of them turned, the file cut off
   * before it; and extreme numbers in the first words.
   */
  Stream<byte[]> systematic() {
    return whole.stream().flatMap(file -> Stream.concat(eachByte(file), extremes(file)));
  }

  /** Up to four damages of any kind, anywhere, without end. */
  Stream<byte[]> random() {
    return Stream.generate(
        () -> {
          byte[] bytes = any(whole);
          for (int damages = 1 + random.nextInt(MOST_DAMAGES); damages > 0; damages--) {
            bytes = damaged(bytes);
          }
          return bytes;
        });
  }

  private Stream<byte[]> eachByte(byte[] file) {
    return IntStream.range(0, Math.min(header, file.length))
        .boxed()
        .flatMap(
            at ->
                Stream.of(
                    turned(file, at, 0xff),
                    turned(file, at, 1 << random.nextInt(8)),
                    Arrays.copyOf(file, at)));
  }

  private static Stream<byte[]> extremes(byte[] file) {
    List<byte[]> all = new ArrayList<>();
    for (int at = 0; at < Math.min(EXTREMES_WITHIN, file.length); at += 4) {
      for (long extreme : EXTREMES) {
        all.add(numbered(file, at, extreme, ByteOrder.BIG_ENDIAN));
        all.add(numbered(file, at, extreme, ByteOrder.LITTLE_ENDIAN));
      }
    }
    return all.stream();
  }

  private byte[] damaged(byte[] bytes) {
    if (bytes.length == 0) {
      return any(whole);
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0, 1 -> turned(bytes, at, 1 << random.nextInt(8));
      case 2 -> turned(bytes, at, 1 + random.nextInt(255));
      case 3 -> Arrays.copyOf(bytes, at);
      case 4 ->
          numbered(
              bytes,
              at & -4,
              EXTREMES[random.nextInt(EXTREMES.length)],
              random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      case 5 -> joined(bytes, at, block(bytes), bytes, at); // a block comes twice, or new
      case 6 -> joined(bytes, at, new byte[0], bytes, at + random.nextInt(LONGEST_BLOCK)); // goes
      default -> {
        byte[] other = any(whole);
        yield joined(bytes, at, new byte[0], other, random.nextInt(other.length));
      }
    };
  }

  private byte[] block(byte[] bytes) {
    byte[] block = new byte[1 + random.nextInt(LONGEST_BLOCK)];
    if (random.nextBoolean()) {
      random.nextBytes(block);
      return block;
    }
    int start = random.nextInt(bytes.length);
    return Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + block.length));
  }

  private byte[] any(List<byte[]> files) {
    return files.get(random.nextInt(files.size()));
  }

  private static byte[] turned(byte[] bytes, int at, int bits) {
    byte[] turned = bytes.clone();
    turned[at] ^= (byte) bits;
    return turned;
  }

  /** Four bytes or, where the number needs them, eight; what does not fit is left out. */
  private static byte[] numbered(byte[] bytes, int at, long number, ByteOrder order) {
    boolean fits = number == (int) number || number >>> Integer.SIZE == 0;
    ByteBuffer written = ByteBuffer.allocate(Long.BYTES).order(order);
    byte[] digits = (fits ? written.putInt((int) number) : written.putLong(number)).array();
    byte[] numbered = bytes.clone();
    System.arraycopy(
        digits, 0, numbered, at, Math.min(fits ? Integer.BYTES : Long.BYTES, bytes.length - at));
    return numbered;
  }

  /** The start of one file up to {@code end}, a middle, and another file from {@code from} on. */
  private static byte[] joined(byte[] start, int end, byte[] middle, byte[] rest, int from) {
    int tail = Math.max(0, rest.length - from);
    return ByteBuffer.allocate(end + middle.length + tail)
        .put(start, 0, end)
        .put(middle)
        .put(rest, rest.length - tail, tail)
        .array();
  }
}
