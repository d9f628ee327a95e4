package io.github.posteriori.data.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The tags of the first picture of a TIFF file, which is also the form of Exif data: those whose
 * values are unsigned integers of 16 or 32 bits. What is damaged reads as absent.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0, section
 *     2</a>
 */
final class TiffDirectory {
  private static final int ORIENTATION = 274;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY = 12;

  private final Map<Integer, long[]> values = new HashMap<>();

  private TiffDirectory() {}

  /** Reads a directory; {@code bytes} begin with its byte order and are not moved. */
  static TiffDirectory read(ByteBuffer bytes) {
    TiffDirectory directory = new TiffDirectory();
    try {
      directory.readFrom(bytes.slice());
    } catch (IndexOutOfBoundsException e) {
      // The entries before the damage are there.
    }
    return directory;
  }

  private void readFrom(ByteBuffer bytes) {
    switch (bytes.getShort(0)) {
      case 'I' << 8 | 'I' -> bytes.order(ByteOrder.LITTLE_ENDIAN);
      case 'M' << 8 | 'M' -> bytes.order(ByteOrder.BIG_ENDIAN);
      default -> {
        return;
      }
    }
    int start = bytes.getInt(4);
    int count = bytes.getShort(start) & 0xffff;
    for (int i = 0; i < count; i++) {
      readEntry(bytes, start + 2 + i * ENTRY);
    }
  }

  private void readEntry(ByteBuffer bytes, int at) {
    int tag = bytes.getShort(at) & 0xffff;
    int type = bytes.getShort(at + 2);
    long count = bytes.getInt(at + 4) & 0xffffffffL;
    int width = type == SHORT ? 2 : 4;
    if ((type != SHORT && type != LONG) || count > bytes.limit() / width) {
      return;
    }
    int first = count * width <= 4 ? at + 8 : bytes.getInt(at + 8);
    if (first < 0 || first + count * width > bytes.limit()) {
      return;
    }
    long[] numbers = new long[(int) count];
    for (int i = 0; i < numbers.length; i++) {
      int place = first + i * width;
      numbers[i] =
          type == SHORT ? bytes.getShort(place) & 0xffff : bytes.getInt(place) & 0xffffffffL;
    }
    values.putIfAbsent(tag, numbers);
  }

  /** Returns the values of a tag; none if it is absent. */
  long[] values(int tag) {
    return values.getOrDefault(tag, new long[0]);
  }

  Orientation orientation() {
    long[] stated = values(ORIENTATION);
    return stated.length == 0 ? Orientation.NORMAL : Orientation.of(stated[0]);
  }
}
