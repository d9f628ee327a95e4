package io.github.posteriori.cli.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small files in the formats that the library reads but does not write. */
final class ValidFiles {
  private static final int TAR_BLOCK = 512;

  private ValidFiles() {}

  static byte[] idx(byte[] values, int... dimensions) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    bytes.putInt(0x0800 | dimensions.length);
    Arrays.stream(dimensions).forEach(bytes::putInt);
    return bytes.put(values).array();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** An archive of one file. */
  static byte[] tar(String name, byte[] contents) {
    int blocks = (contents.length + TAR_BLOCK - 1) / TAR_BLOCK;
    ByteBuffer tar = ByteBuffer.allocate((1 + blocks + 2) * TAR_BLOCK);
    tar.put(0, name.getBytes(StandardCharsets.ISO_8859_1));
    tar.put(124, String.format(Locale.ROOT, "%011o", contents.length).getBytes());
    tar.put(156, (byte) '0');
    tar.put(TAR_BLOCK, contents);
    return withTarChecksum(tar.array());
  }

  /** Damage to the first header of an archive, with a checksum that is right again. */
  static byte[] withTarChecksum(byte[] tar) {
    if (tar.length < TAR_BLOCK) {
      return tar;
    }
    byte[] right = tar.clone();
    Arrays.fill(right, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++) {
      sum += right[i] & 0xff;
    }
    byte[] digits = String.format(Locale.ROOT, "%06o\0", sum).getBytes();
    System.arraycopy(digits, 0, right, 148, digits.length);
    return right;
  }

  /** A batch of one black image with the label 3, as Python 2 pickles it. */
  static byte[] cifarPickle() {
    String array =
        "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085U\1btR(K\1K\1M\0\f\u0086"
            + "cnumpy\ndtype\n(U\2u1K\0K\1tR(K\3U\1|NNNK\0K\0K\0tb\u0089T\0\f\0\0"
            + "\0".repeat(3072)
            + "tb";
    return ("\u0080\2}(U\6labels](K\3eU\4data" + array + "u.")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] picture(String format) {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 63; i++) {
      image.setRGB(i % 9, i / 9, 0x010305 * i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A damaged PNG file whose chunks have the right checksums, as far as there are chunks. */
  static byte[] withPngChecksums(byte[] png) {
    ByteBuffer right = ByteBuffer.wrap(png.clone());
    int chunk = 8;
    while (chunk <= png.length - 12) {
      int length = right.getInt(chunk);
      if (length < 0 || length > png.length - chunk - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(right.array(), chunk + 4, length + 4);
      right.putInt(chunk + 8 + length, (int) crc.getValue());
      chunk += length + 12;
    }
    return right.array();
  }

  /** A zip file of stored entries, with the right checksums. */
  /** An array as NumPy saves it, in the order of C. */
  static byte[] npy(String type, String shape, byte[] values) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type, shape);
    return ByteBuffer.allocate(10 + header.length() + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1))
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.US_ASCII))
        .put(values)
        .array();
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.getValue().length);
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * A PyTorch file of the format before 1.6: magic number, version and machine, then the pickle of
   * a dictionary with one storage, its key 0 and its numbers.
   */
  static byte[] legacyTorch(byte[] pickle, float... numbers) {
    byte[] start =
        ("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."
                + "\u0080\u0002M\u00e9\u0003."
                + "\u0080\u0002}X\r\0\0\0little_endian\u0088s.")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] keys = "\u0080\u0002](X\1\0\0\u00000e.".getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file =
        ByteBuffer.allocate(start.length + pickle.length + keys.length + 8 + 4 * numbers.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put(start).put(pickle).put(keys).putLong(numbers.length).asFloatBuffer().put(numbers);
    return file.array();
  }
}
