package io.github.posteriori.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads files of a gzip-compressed tar archive into memory.
 *
 * <p>Only entries with the wanted names are read, and nothing is written to disk, so an archive
 * cannot reach beyond itself.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX, pax,
 *     "ustar Interchange Format"</a>
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE = 156;

  /** The type of an entry that is the name of the next one, which GNU tar writes if it is long. */
  private static final byte LONG_NAME = 'L';

  /** The type of an entry that is the attributes of the next one, its name if that is long. */
  private static final byte ATTRIBUTES = 'x';

  private static final int MOST_NAME_BYTES = 1 << 16;

  /** The most that is read of an archive. */
  private static final long MOST_BYTES = 1L << 29;

  private static final String FETCH_AGAIN = "Fetch the file again from its source.";

  private TarGz() {}

  /**
   * Reads the entries {@code names}, each at most {@code mostBytes} long.
   *
   * @throws DataException if the archive is damaged, lacks an entry or has an entry that is too
   *     long
   */
  static Map<String, byte[]> read(Path archive, List<String> names, int mostBytes) {
    Map<String, byte[]> contents = read(archive, names::contains, mostBytes);
    for (String name : names) {
      if (!contents.containsKey(name)) {
        throw DataException.of(archive, "no " + name + " in it", "that file", FETCH_AGAIN);
      }
    }
    return contents;
  }

  /**
   * Reads all entries whose names are {@code wanted}, each at most {@code mostBytes} long.
   *
   * @return the contents, in the order of their names
   * @throws DataException if the archive is damaged or has an entry that is too long
   */
  static SortedMap<String, byte[]> read(Path archive, Predicate<String> wanted, int mostBytes) {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
        InputStream in = new GZIPInputStream(raw, 1 << 16)) {
      String longName = null;
      long left = MOST_BYTES;
      for (byte[] header = block(in); !isEnd(header); header = block(in)) {
        checkSum(archive, header);
        long size = octal(archive, header, 124, 12);
        String name = longName == null ? name(header) : longName;
        longName = null;
        if (header[TYPE] == LONG_NAME || header[TYPE] == ATTRIBUTES) {
          byte[] bytes = contents(archive, in, "a name", size, MOST_NAME_BYTES);
          longName = header[TYPE] == LONG_NAME ? text(bytes, 0, bytes.length) : path(bytes);
        } else if (isFile(header) && wanted.test(relative(name))) {
          left -= size;
          int most = (int) Math.min(mostBytes, left + size);
          contents.put(relative(name), contents(archive, in, name, size, most));
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
    return contents;
  }

  private static byte[] contents(Path archive, InputStream in, String name, long size, int most)
      throws IOException {
    if (size > most) {
      throw DataException.of(archive, size + " bytes of " + name, "at most " + most, FETCH_AGAIN);
    }
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new EOFException("the archive ends within " + name);
    }
    in.skipNBytes(-size & BLOCK - 1);
    return bytes;
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
    return header[TYPE] == '0' || header[TYPE] == 0;
  }

  private static String name(byte[] header) {
    String name = text(header, 0, 100);
    // GNU's headers have something else there.
    String prefix = text(header, 257, 6).equals("ustar") ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Finds a name among attributes, of which each is a line of its length, key and value. */
  private static String path(byte[] attributes) {
    return new String(attributes, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.matches("[0-9]+ path=.*"))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .findFirst()
        .orElse(null);
  }

  private static String relative(String name) {
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
