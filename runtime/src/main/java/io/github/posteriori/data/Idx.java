package io.github.posteriori.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The contents of one IDX file, the format of MNIST: unsigned bytes in one dimension (labels) or
 * three (images), plain or gzip. The reader accepts nothing else.
 *
 * @param file the file that was read
 * @param dimensions the extent of each dimension, at least 1; the first is the number of examples
 * @param values the bytes, whose number is the product of the dimensions
 * @see <a href="https://yann.lecun.com/exdb/mnist/">The MNIST database, "File formats"</a>
 */
record Idx(Path file, int[] dimensions, byte[] values) {
  private static final int UNSIGNED_BYTES = 0x08;
  private static final long MOST_VALUES = 1L << 30;
  private static final String FETCH_AGAIN = "Fetch the file again from its source.";

  /** Reads images: count, height, width. */
  static Idx images(Path file) {
    return read(file, 3);
  }

  /** Reads labels: count. */
  static Idx labels(Path file) {
    return read(file, 1);
  }

  int count() {
    return dimensions[0];
  }

  private static Idx read(Path file, int dimensions) {
    try (BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      boolean gzip = isGzip(raw);
      InputStream in = gzip ? new GZIPInputStream(raw) : raw;
      int[] extents = readHeader(file, in, dimensions);
      int total = total(file, extents);
      // Grows with the bytes actually present, so a false header cannot exhaust the memory.
      byte[] values = in.readNBytes(total);
      if (values.length < total) {
        throw DataException.of(
            file, values.length + " bytes of data", total + " by its header", FETCH_AGAIN);
      }
      if (in.read() != -1 || gzip && gzipLength(file) != headerLength(dimensions) + total) {
        throw DataException.of(
            file, "bytes after the data", "the end after " + total + " bytes", FETCH_AGAIN);
      }
      return new Idx(file, extents, values);
    } catch (NoSuchFileException e) {
      throw DataException.of(
          file, "no such file", "an IDX file", "Put the file there, plain or as .gz.", e);
    } catch (EOFException | ZipException e) {
      throw DataException.of(
          file, "damaged gzip data (" + e.getMessage() + ")", "a whole gzip file", FETCH_AGAIN, e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  /** Reads the extents that follow the magic number, unchecked. */
  private static int[] readHeader(Path file, InputStream in, int dimensions) throws IOException {
    int length = headerLength(dimensions);
    byte[] header = in.readNBytes(length);
    ByteBuffer numbers = ByteBuffer.wrap(header);
    int expected = UNSIGNED_BYTES << 8 | dimensions;
    if (header.length >= 4 && numbers.getInt(0) != expected) {
      throw DataException.of(
          file,
          "magic number 0x%08x".formatted(numbers.getInt(0)),
          "0x%08x (IDX, unsigned bytes, %s %s)"
              .formatted(expected, dimensions, dimensions == 1 ? "dimension" : "dimensions"),
          "Check that images and labels are not swapped, and that this is the IDX format.");
    }
    if (header.length < length) {
      throw DataException.of(
          file, header.length + " bytes", "a header of " + length + " bytes", FETCH_AGAIN);
    }
    int[] extents = new int[dimensions];
    numbers.position(4).asIntBuffer().get(extents);
    return extents;
  }

  private static int total(Path file, int[] extents) {
    long total = 1;
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] < 1) {
        throw DataException.of(
            file, "extent " + extents[i] + " of dimension " + (i + 1), "at least 1", FETCH_AGAIN);
      }
      total *= extents[i];
      if (total > MOST_VALUES) {
        throw DataException.of(
            file,
            "a header for " + total + " bytes or more",
            "at most " + MOST_VALUES,
            "Fetch the file again from its source, or split it into smaller ones.");
      }
    }
    return (int) total;
  }

  private static int headerLength(int dimensions) {
    return 4 + 4 * dimensions;
  }

  /**
   * Reads the length that a gzip file states in its last four bytes; appended data displaces it.
   */
  private static int gzipLength(Path file) throws IOException {
    try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(bytes.size() - 4).read(last);
      return last.getInt(0);
    }
  }
}
