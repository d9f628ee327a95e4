package io.github.posteriori.data;

import java.nio.file.Path;
import java.util.Locale;

/** The memory that is left for a set. */
final class HeapRoom {
  /** What a network and the batches of its training are left, at the least. */
  private static final double SHARE = 0.75;

  private HeapRoom() {}

  /**
   * Checks that a set fits into the memory, before it is read.
   *
   * @param bytes that it needs
   * @param what it is, in the plural
   * @throws DataException if not
   */
  static void require(Path file, long bytes, String what) {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > SHARE * most) {
      throw DataException.of(
          file,
          what + ", which need " + megabytes(bytes) + " of memory",
          "at most "
              + megabytes((long) (SHARE * most))
              + " of the "
              + megabytes(most)
              + " that there are",
          "Allow more, such as POSTERIORI_JAVA_OPTS=-Xmx"
              + gigabytes(bytes)
              + "g (in a program, the option -Xmx of the JVM), or take a part of the file.");
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + (1 << 20) - 1) >> 20);
  }

  private static long gigabytes(long bytes) {
    return (long) Math.ceil(bytes / SHARE / (1 << 30));
  }
}
