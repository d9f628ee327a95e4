package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzTest {
  private static final byte[] ONE = {1, 2, 3};
  private static final byte[] TWO = new byte[700];

  @TempDir Path folder;
  private Path archive;

  @BeforeEach
  void nameAnArchive() {
    Arrays.fill(TWO, (byte) 7);
    archive = folder.resolve("set.tar.gz");
  }

  @Test
  void readsTheWantedFilesInAnyOrderAndPassesOverOthers() throws IOException {
    Files.write(
        archive,
        new TarBytes()
            .entry("set/", '5', 0, new byte[0])
            .file("set/two", TWO)
            .file("set/readme", new byte[1024])
            .file("set/one", ONE)
            .gzip());

    Map<String, byte[]> contents = TarGz.read(archive, List.of("set/one", "set/two"), 1000);

    assertEquals(2, contents.size());
    assertArrayEquals(ONE, contents.get("set/one"));
    assertArrayEquals(TWO, contents.get("set/two"));
  }

  @Test
  void readsNamesThatAreTooLongForAHeader() throws IOException {
    String folder = "set/" + "f".repeat(90);
    String name = "n".repeat(80);
    String path = folder + "/" + name;
    byte[] gnu = (path + "g\0").getBytes(StandardCharsets.ISO_8859_1);
    String record = " path=" + path + "p\n";
    byte[] pax =
        (record.length() + 3 + record + "11 mtime=9\n").getBytes(StandardCharsets.ISO_8859_1);
    Files.write(
        archive,
        new TarBytes()
            .file(folder, name, ONE)
            .entry("././@LongLink", 'L', gnu.length, gnu)
            .file(path.substring(0, 100), TWO)
            .entry("PaxHeader", 'x', pax.length, pax)
            .file(path.substring(0, 100), ONE)
            .file("set/short", TWO)
            .gzip());

    Map<String, byte[]> contents = TarGz.read(archive, entry -> true, 1000);

    assertEquals(
        Set.of(path, path + "g", path + "p", "set/short"), contents.keySet(), "names of files");
    assertArrayEquals(ONE, contents.get(path));
    assertArrayEquals(TWO, contents.get(path + "g"));
    assertArrayEquals(ONE, contents.get(path + "p"));
  }

  @Test
  void readsArchivesThatWereMadeFromADotOrHaveNoEnd() throws IOException {
    Files.write(archive, new TarBytes().file("./one", ONE).gzipWithoutEnd());

    assertArrayEquals(ONE, read().get("one"));
  }

  @Test
  void refusesAnArchiveThatEndsWithinAFileOfWholeBlocks() throws IOException {
    Files.write(archive, new TarBytes().entry("one", '0', 512, new byte[0]).gzipWithoutEnd());

    String message = assertThrows(DataException.class, this::read).getMessage();

    assertTrue(message.contains("the archive ends within one"), message);
  }

  @Test
  void writesNothing() throws IOException {
    Files.write(
        archive,
        new TarBytes()
            .file("../escaped", ONE)
            .file("/tmp/escaped", ONE)
            .entry("one", '2', 0, new byte[0])
            .file("one", ONE)
            .gzip());

    assertArrayEquals(ONE, read().get("one"));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(archive), left.toList());
    }
  }

  @Test
  void takesNoLinkForAFile() throws IOException {
    Files.write(archive, new TarBytes().entry("one", '2', 0, new byte[0]).gzip());

    assertRefused("found no one in it, expected that file");
  }

  @ParameterizedTest
  @ValueSource(longs = {1001, 1L << 32})
  void refusesAFileThatIsTooLong(long size) throws IOException {
    Files.write(archive, new TarBytes().entry("one", '0', size, ONE).gzip());

    assertRefused("found " + size + " bytes of one, expected at most 1000");
  }

  @Test
  void refusesASizeThatGoesBeyondTheArchive() throws IOException {
    Files.write(archive, new TarBytes().entry("other", '0', 8_000_000_000L, ONE).gzip());

    assertRefused("damaged data", "Fetch the file again");
  }

  @Test
  void refusesAHeaderWithAWrongChecksum() throws IOException {
    byte[] bytes =
        new java.util.zip.GZIPInputStream(
                new java.io.ByteArrayInputStream(new TarBytes().file("one", ONE).gzip()))
            .readAllBytes();
    bytes[130] ^= 1;
    Files.write(archive, IdxBytes.gzip(bytes));

    assertRefused("a header with checksum", "as it states");
  }

  @Test
  void refusesWhatIsNoTarInside() throws IOException {
    Files.write(archive, IdxBytes.gzip("x".repeat(2000).getBytes(StandardCharsets.US_ASCII)));

    assertRefused("a header that states no number");
  }

  @Test
  void refusesWhatIsNoGzip() throws IOException {
    Files.writeString(archive, "<!DOCTYPE html><html>404 Not Found</html>");

    assertRefused("damaged data (Not in GZIP format), expected a whole tar.gz file");
  }

  @Test
  void refusesAnArchiveCutShortAnywhere() throws IOException {
    byte[] bytes = new TarBytes().file("one", ONE).file("two", TWO).gzip();
    for (int length = 0; length < bytes.length; length++) {
      Files.write(archive, Arrays.copyOf(bytes, length));

      assertRefused("Fetch the file again");
    }
  }

  @Test
  void refusesAWrongChecksumOfTheCompressedData() throws IOException {
    byte[] bytes = new TarBytes().file("one", ONE).gzip();
    bytes[bytes.length - 8] ^= 1;
    Files.write(archive, bytes);

    assertRefused("damaged data");
  }

  @Test
  void namesAnArchiveThatCannotBeRead() throws IOException {
    Files.createDirectory(archive);

    assertRefused("cannot be read", "Check the path");
  }

  private Map<String, byte[]> read() {
    return TarGz.read(archive, List.of("one"), 1000);
  }

  private void assertRefused(String... parts) {
    DataException e = assertThrows(DataException.class, this::read);
    assertEquals(0, e.getMessage().indexOf(archive + ": found "), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }
}
