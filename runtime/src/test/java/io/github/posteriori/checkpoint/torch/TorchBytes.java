package io.github.posteriori.checkpoint.torch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * PyTorch files made by hand. A pickle is written here as a string of which each character is a
 * byte.
 */
final class TorchBytes {
  private TorchBytes() {}

  /** A file that PyTorch itself wrote. */
  static Path resource(String name) {
    try {
      return Path.of(TorchBytes.class.getResource("/torch/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static byte[] bytes(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String characters(ByteBuffer bytes) {
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** BINUNICODE. */
  static String text(String text) {
    return "X" + characters(littleEndian(4).putInt(text.length())) + text;
  }

  /** LONG1 of 8 bytes. */
  static String number(long number) {
    return "\u008a\u0008" + characters(littleEndian(8).putLong(number));
  }

  static String tuple(long... numbers) {
    StringBuilder tuple = new StringBuilder("(");
    for (long number : numbers) {
      tuple.append(number(number));
    }
    return tuple + "t";
  }

  /** A persistent id. */
  static String storage(String type, String key, long length) {
    return "("
        + text("storage")
        + "ctorch\n"
        + type
        + "\n"
        + text(key)
        + text("cpu")
        + number(length)
        + "tQ";
  }

  static String tensor(String storage, long offset, String shape, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n("
        + storage
        + number(offset)
        + shape
        + strides
        + "\u0089}tR";
  }

  /** The numbers 1, 2, 3 of {@link #zip}. */
  static String tensor() {
    return tensor(storage("FloatStorage", "0", 3), 0, tuple(3), tuple(1));
  }

  /** A whole pickle: a dictionary of one tensor, a. */
  static String saved(String tensor) {
    return "\u0080\u0002}" + text("a") + tensor + "s.";
  }

  /** The numbers 1, 2, 3. */
  static byte[] numbers() {
    return littleEndian(12).putFloat(1).putFloat(2).putFloat(3).array();
  }

  /** A zip file with this pickle and a storage 0 of three floats. */
  static Path zip(Path folder, String pickle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("made/data.pkl", bytes(pickle));
    entries.put("made/data/0", numbers());
    return zip(folder, entries, ZipEntry.STORED);
  }

  /** A zip file by the JDK's writer. */
  static Path zip(Path folder, Map<String, byte[]> entries, int method) {
    Path file = folder.resolve("made.pt");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(content.getValue());
          entry.setSize(content.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A file of the format before 1.6: this pickle, these keys, and behind them {@code data}. */
  static Path legacy(Path folder, String pickle, String keys, byte[] data) {
    return legacy(folder, "\u0088", pickle, keys, data);
  }

  /** As above, by a machine that is {@code little} endian: TRUE or FALSE. */
  static Path legacy(Path folder, String little, String pickle, String keys, byte[] data) {
    String start =
        "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\u0002M\u00e9\u0003."
            + "\u0080\u0002}"
            + text("little_endian")
            + little
            + "s.";
    byte[] pickles = bytes(start + pickle + keys);
    byte[] all = ByteBuffer.allocate(pickles.length + data.length).put(pickles).put(data).array();
    try {
      return Files.write(folder.resolve("made-legacy.pt"), all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The storage 0 of {@link #zip}, as the format before 1.6 stores it. */
  static byte[] legacyNumbers() {
    return littleEndian(20).putLong(3).put(numbers()).array();
  }
}
