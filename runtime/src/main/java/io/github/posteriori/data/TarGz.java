package io.github.posteriori.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads files of a gzip-compressed tar archive into memory.
 *
 * <p>Only entries with exactly the given names are read, and nothing is written to disk, so an
 * archive cannot reach beyond itself.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX, pax,
 *     "ustar Interchange Format"</a>
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final String FETCH_AGAIN = "Fetch the file again from its source.";

  private TarGz() {}

  /**
   * Reads the entries {@code names}, each at most {@code mostBytes} long.
   *
   * @throws DataException if the archive is damaged, lacks an entry or has an entry that is too
   *     long
   */
  static Map<String, byte[]> read(Path archive, List<String> names, int mostBytes) {
    Map<String, byte[]> contents = new HashMap<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
        InputStream in = new GZIPInputStream(raw, 1 << 16)) {
      for (byte[] header = block(in); !isEnd(header); header = block(in)) {
        checkSum(archive, header);
        long size = octal(archive, header, 124, 12);
        String name = name(header);
        if (isFile(header) && names.contains(name)) {
          if (size > mostBytes) {
            throw DataException.of(
                archive, size + " bytes of " + name, "at most " + mostBytes, FETCH_AGAIN);
          }
          byte[] bytes = in.readNBytes((int) size);
          if (bytes.length < size) {
            throw new EOFException("the archive ends within " + name);
          }
          contents.put(name, bytes);
          in.skipNBytes(-size & BLOCK - 1);
        } else {
          in.skipNBytes(size + (-size & BLOCK - 1));
        }
      }
      // Read to the end of the compressed data, where its checksum is.
      in.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException | ZipException e) {
      throw DataException.of(
          archive, "damaged data (" + e.getMessage() + ")", "a whole tar.gz file", FETCH_AGAIN, e);
    } catch (IOException e) {
      throw DataException.unreadable(archive, e);
    }
    for (String name : names) {
      if (!contents.containsKey(name)) {
        throw DataException.of(archive, "no " + name + " in it", "that file", FETCH_AGAIN);
      }
    }
    return contents;
  }

  private static byte[] block(InputStream in) throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    if (block.length != 0 && block.length < BLOCK) {
      throw new EOFException("the archive ends within a header");
    }
    return block;
  }

  /** Returns whether a block ends the archive: it is all zeros. Some writers omit it. */
  private static boolean isEnd(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static void checkSum(Path archive, byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += own ? ' ' : header[i] & 0xff;
    }
    long stated = octal(archive, header, CHECKSUM, CHECKSUM_LENGTH);
    if (sum != stated) {
      throw DataException.of(
          archive, "a header with checksum " + sum, stated + " as it states", FETCH_AGAIN);
    }
  }

  /** Reads octal digits, padded by spaces and ended by a space or a zero byte. */
  private static long octal(Path archive, byte[] header, int offset, int length) {
    String digits = text(header, offset, length).strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw DataException.of(
          archive, "a header that states no number", "a tar.gz file", FETCH_AGAIN);
    }
    return Long.parseLong(digits, 8);
  }

  private static boolean isFile(byte[] header) {
    return header[156] == '0' || header[156] == 0;
  }

  private static String name(byte[] header) {
    String name = text(header, 0, 100);
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.ISO_8859_1);
  }
}
