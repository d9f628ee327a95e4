package io.github.posteriori.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Makes up tar archives, right or wrong. */
final class TarBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TarBytes file(String name, byte[] contents) {
    return entry(name, '0', contents.length, contents);
  }

  /** A file whose name is in two parts, as POSIX allows. */
  TarBytes file(String prefix, String name, byte[] contents) {
    byte[] header = new byte[512];
    put(header, 257, "ustar\00000");
    put(header, 345, prefix);
    return entry(header, name, '0', contents.length, contents);
  }

  /** An entry that states any kind and size. */
  TarBytes entry(String name, char kind, long size, byte[] contents) {
    return entry(new byte[512], name, kind, size, contents);
  }

  private TarBytes entry(byte[] header, String name, char kind, long size, byte[] contents) {
    put(header, 0, name);
    put(header, 124, String.format(Locale.ROOT, "%011o", size));
    header[156] = (byte) kind;
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o", sum));
    header[154] = 0;
    out.writeBytes(header);
    out.writeBytes(Arrays.copyOf(contents, (contents.length + 511) / 512 * 512));
    return this;
  }

  byte[] gzip() throws IOException {
    out.writeBytes(new byte[1024]);
    return IdxBytes.gzip(out.toByteArray());
  }

  /** Without the zeros that end an archive. */
  byte[] gzipWithoutEnd() throws IOException {
    return IdxBytes.gzip(out.toByteArray());
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
