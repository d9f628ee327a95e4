package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 255};

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("images");
  }

  @Test
  void readsImages() throws IOException {
    Files.write(file, IdxBytes.of(PIXELS, 2, 2, 3));

    Idx idx = Idx.images(file);

    assertArrayEquals(new int[] {2, 2, 3}, idx.dimensions());
    assertArrayEquals(PIXELS, idx.values());
  }

  @Test
  void readsLabels() throws IOException {
    Files.write(file, IdxBytes.of(PIXELS, 12));

    assertArrayEquals(PIXELS, Idx.labels(file).values());
  }

  @Test
  void readsGzipWhateverTheName() throws IOException {
    Files.write(file, IdxBytes.gzip(IdxBytes.of(PIXELS, 2, 2, 3)));

    assertArrayEquals(PIXELS, Idx.images(file).values());
  }

  @Test
  void readsPlainBytesWhateverTheName() throws IOException {
    Path misnamed = Files.write(folder.resolve("images.gz"), IdxBytes.of(PIXELS, 2, 2, 3));

    assertArrayEquals(PIXELS, Idx.images(misnamed).values());
  }

  @Test
  void refusesAMissingFile() {
    assertRefused("no such file", "Put the file there");
  }

  @Test
  void refusesAFolder() throws IOException {
    Files.createDirectory(file);

    assertRefused("cannot be read", "Check the path");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Files.write(file, new byte[0]);

    assertRefused("0 bytes", "expected a header of 16 bytes");
  }

  @Test
  void refusesAHeaderCutShort() throws IOException {
    Files.write(file, Arrays.copyOf(IdxBytes.of(PIXELS, 2, 2, 3), 11));

    assertRefused("11 bytes", "expected a header of 16 bytes");
  }

  @Test
  void refusesLabelsWhereImagesAreExpected() throws IOException {
    Files.write(file, IdxBytes.of(PIXELS, 12));

    assertRefused("magic number 0x00000801", "expected 0x00000803", "not swapped");
  }

  @Test
  void refusesNumbersThatAreNotUnsignedBytes() throws IOException {
    byte[] floats = IdxBytes.of(PIXELS, 2, 2, 3);
    floats[2] = 0x0d;
    Files.write(file, floats);

    assertRefused("magic number 0x00000d03", "expected 0x00000803 (IDX, unsigned bytes");
  }

  @Test
  void refusesSomethingElseAltogether() throws IOException {
    Files.writeString(file, "<!DOCTYPE html><html>404 Not Found</html>");

    assertRefused("magic number 0x3c21444f", "IDX");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesAnExtentBelowOne(int extent) throws IOException {
    Files.write(file, IdxBytes.of(PIXELS, 2, extent, 3));

    assertRefused("extent " + extent + " of dimension 2", "expected at least 1");
  }

  @Test
  void refusesExtentsWhoseProductOverflows() throws IOException {
    int most = Integer.MAX_VALUE;
    Files.write(file, IdxBytes.of(PIXELS, most, most, most));

    assertRefused("a header for", "at most 1073741824");
  }

  @Test
  void refusesAFileCutShort() throws IOException {
    Files.write(file, Arrays.copyOf(IdxBytes.of(PIXELS, 2, 2, 3), 27));

    assertRefused("11 bytes of data", "expected 12 by its header", "Fetch the file again");
  }

  /** The header asks for 1 GiB, more than this test's JVM would survive many times over. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allocatesNoMoreThanTheFileHolds(boolean gzip) throws IOException {
    byte[] bytes = IdxBytes.of(PIXELS, 1 << 10, 1 << 10, 1 << 10);
    Files.write(file, gzip ? IdxBytes.gzip(bytes) : bytes);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    assertRefused("12 bytes of data", "expected 1073741824 by its header");

    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 8 << 20, allocated + " bytes allocated");
  }

  @Test
  void refusesTrailingBytes() throws IOException {
    byte[] bytes = IdxBytes.of(PIXELS, 2, 2, 3);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));

    assertRefused("bytes after the data", "expected the end after 12 bytes");
  }

  @Test
  void refusesTrailingBytesWithinGzip() throws IOException {
    byte[] bytes = IdxBytes.of(PIXELS, 2, 2, 3);
    Files.write(file, IdxBytes.gzip(Arrays.copyOf(bytes, bytes.length + 1)));

    assertRefused("bytes after the data");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100})
  void refusesTrailingBytesAfterGzip(int extra) throws IOException {
    byte[] bytes = IdxBytes.gzip(IdxBytes.of(PIXELS, 2, 2, 3));
    byte[] longer = Arrays.copyOf(bytes, bytes.length + extra);
    Arrays.fill(longer, bytes.length, longer.length, (byte) 'x');
    Files.write(file, longer);

    assertRefused("bytes after the data");
  }

  @Test
  void refusesGzipCutShortAnywhere() throws IOException {
    byte[] bytes = IdxBytes.gzip(IdxBytes.of(PIXELS, 2, 2, 3));
    for (int length = 2; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));

      assertRefused("Fetch the file again");
    }
  }

  @Test
  void refusesGzipWithAWrongChecksum() throws IOException {
    byte[] bytes = IdxBytes.gzip(IdxBytes.of(PIXELS, 2, 2, 3));
    bytes[bytes.length - 8] ^= 1;
    Files.write(file, bytes);

    assertRefused("damaged gzip data", "expected a whole gzip file");
  }

  private void assertRefused(String... parts) {
    DataException e = assertThrows(DataException.class, () -> Idx.images(file));
    assertEquals(0, e.getMessage().indexOf(file + ": found "), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }
}
