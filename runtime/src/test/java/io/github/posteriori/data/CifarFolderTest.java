package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CifarFolderTest {
  private static final String TEN = "cifar-10-batches-bin/";
  private static final String PYTHON = "cifar-10-batches-py/";
  private static final String HUNDRED = "cifar-100-binary/";

  @TempDir Path data;

  @Test
  void joinsTheFiveTrainingFilesInTheirOrder() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      write(TEN + "data_batch_" + batch + ".bin", ten(batch, batch + 4));
    }

    Dataset train = CifarFolder.CIFAR_10.train(data);

    assertEquals("cifar10", train.name());
    assertEquals(10, train.size());
    assertEquals(10, train.classes());
    assertEquals("automobile", train.classNames().get(1));
    assertEquals(Shape.image(3, 32, 32), train.shape());
    assertArrayEquals(new int[] {1, 5, 2, 6, 3, 7, 4, 8, 5, 9}, labels(train));
    assertThrows(IndexOutOfBoundsException.class, () -> train.label(10));
    assertThrows(IndexOutOfBoundsException.class, () -> train.label(-1));
  }

  @Test
  void givesRedGreenAndBlueRowByRowFromZeroToOne() throws IOException {
    byte[] bytes = ten(3, 4);
    int second = 3073;
    bytes[second + 1] = (byte) 255;
    bytes[second + 1 + 33] = 51;
    bytes[second + 1 + 1024] = (byte) 204;
    bytes[second + 3072] = (byte) 128;
    write(TEN + "test_batch.bin", bytes);

    Dataset test = CifarFolder.CIFAR_10.test(data);
    float[] target = new float[2 + 3072];
    test.image(1, target, 2);

    assertEquals(4, test.label(1));
    assertEquals(1f, target[2]);
    assertEquals(0.2f, target[2 + 33]);
    assertEquals(0.8f, target[2 + 1024]);
    assertEquals(128 / 255f, target[2 + 3071]);
    assertEquals(0f, target[2 + 1]);
  }

  @Test
  void takesTheFineLabelsOfCifar100() throws IOException {
    write(HUNDRED + "train.bin", hundred(19, 99, 0, 57));
    write(HUNDRED + "test.bin", hundred(3, 1));

    Dataset train = CifarFolder.CIFAR_100.train(data);

    assertArrayEquals(new int[] {99, 57}, labels(train));
    assertEquals(100, train.classes());
    assertEquals("willow_tree", train.classNames().get(96));
    assertEquals(1, CifarFolder.CIFAR_100.test(data).size());
    assertEquals("cifar100", train.name());
    float[] pixels = new float[3072];
    train.image(1, pixels, 0);
    assertEquals(0f, pixels[0], "the labels are no pixels");
  }

  @Test
  void readsTheOfficialArchivesAsTheyAre() throws IOException {
    TarBytes ten = new TarBytes().entry(TEN, '5', 0, new byte[0]);
    for (int batch : new int[] {3, 1, 5, 2, 4}) {
      ten.file(TEN + "data_batch_" + batch + ".bin", ten(batch));
    }
    write("cifar-10-binary.tar.gz", ten.file(TEN + "test_batch.bin", ten(0, 9)).gzip());
    write(
        "cifar-100-binary.tar.gz", new TarBytes().file(HUNDRED + "test.bin", hundred(1, 2)).gzip());

    assertArrayEquals(new int[] {1, 2, 3, 4, 5}, labels(CifarFolder.CIFAR_10.train(data)));
    assertArrayEquals(new int[] {0, 9}, labels(CifarFolder.CIFAR_10.test(data)));
    assertArrayEquals(new int[] {2}, labels(CifarFolder.CIFAR_100.test(data)));
    assertRefused(
        CifarFolder.CIFAR_100,
        Part.TRAIN,
        "cifar-100-binary.tar.gz: found no cifar-100-binary/train.bin in it");
  }

  @Test
  void prefersTheFolderToTheArchive() throws IOException {
    write(TEN + "test_batch.bin", ten(1));
    write("cifar-10-binary.tar.gz", new TarBytes().file(TEN + "test_batch.bin", ten(2)).gzip());

    assertArrayEquals(new int[] {1}, labels(CifarFolder.CIFAR_10.test(data)));
  }

  @Test
  void namesARecordOfAnArchiveThatIsWrong() throws IOException {
    write("cifar-10-binary.tar.gz", new TarBytes().file(TEN + "test_batch.bin", ten(10)).gzip());

    assertRefused(
        CifarFolder.CIFAR_10, Part.TEST, "test_batch.bin: found label 10 in record 0", "0 to 9");
  }

  @Test
  void saysWhatToPutWhereWhenFilesAreMissing() throws IOException {
    write(TEN + "data_batch_2.bin", ten(1));

    assertRefused(
        CifarFolder.CIFAR_10,
        Part.TRAIN,
        data.resolve("cifar-10-batches-bin")
            + ": found no data_batch_1.bin, data_batch_3.bin, data_batch_4.bin, data_batch_5.bin,"
            + " expected the files of the binary version of cifar10. Put cifar-10-binary.tar.gz,"
            + " from https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, into "
            + data
            + "; it need not be unpacked. The files of Python, in cifar-10-batches-py, do as"
            + " well.");
  }

  @Test
  void lacksItsArchiveOnlyWhileThePartIsIncomplete() throws IOException {
    assertEquals(List.of(Catalogue.CIFAR_10), CifarFolder.CIFAR_10.missing(data, Part.TEST));
    write(TEN + "test_batch.bin", ten(1));
    assertEquals(List.of(), CifarFolder.CIFAR_10.missing(data, Part.TEST));
    assertEquals(List.of(Catalogue.CIFAR_10), CifarFolder.CIFAR_10.missing(data, Part.TRAIN));
    write("cifar-10-binary.tar.gz", new byte[0]);
    assertEquals(List.of(), CifarFolder.CIFAR_10.missing(data, Part.TRAIN));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3072, 3074, 6145})
  void refusesALengthThatIsNotWholeRecords(int length) throws IOException {
    write(TEN + "test_batch.bin", new byte[length]);

    assertRefused(
        CifarFolder.CIFAR_10,
        Part.TEST,
        "test_batch.bin: found " + length + " bytes, expected one or more records of 3073 bytes");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    write(TEN + "test_batch.bin", ten(9, 200));
    write(HUNDRED + "test.bin", hundred(20, 5));
    write(HUNDRED + "train.bin", hundred(19, 5, 19, 100));

    assertRefused(CifarFolder.CIFAR_10, Part.TEST, "found label 200 in record 1", "0 to 9");
    assertRefused(CifarFolder.CIFAR_100, Part.TEST, "found label 20 in record 0", "0 to 19");
    assertRefused(CifarFolder.CIFAR_100, Part.TRAIN, "found label 100 in record 1", "0 to 99");
  }

  @Test
  void refusesAFileThatIsFarTooLong() throws IOException {
    Path file = data.resolve(TEN + "test_batch.bin");
    Files.createDirectories(file.getParent());
    try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3073L << 20);
    }

    assertRefused(CifarFolder.CIFAR_10, Part.TEST, "found 3222274048 bytes, expected at most");
  }

  private static byte[] pixels(int images) {
    byte[] pixels = new byte[3072 * images];
    new Random(7).nextBytes(pixels);
    return pixels;
  }

  /** The pixels of all images, from 0 to 255, each channel row by row. */
  private static byte[] read(Dataset set) {
    byte[] pixels = new byte[3072 * set.size()];
    float[] image = new float[3072];
    for (int i = 0; i < set.size(); i++) {
      set.image(i, image, 0);
      for (int p = 0; p < 3072; p++) {
        pixels[3072 * i + p] = (byte) Math.round(255 * image[p]);
      }
    }
    return pixels;
  }

  @ParameterizedTest
  @EnumSource(CifarPickles.class)
  void readsTheVersionForPythonWhereItLies(CifarPickles python) throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      write(PYTHON + "data_batch_" + batch, python.bytes(pixels(2), "labels " + batch + " 9"));
    }
    write(PYTHON + "test_batch", python.bytes(pixels(3), "labels 4 0 9", "filenames 1 2 3"));
    write(
        "cifar-100-python/train",
        python.bytes(pixels(2), "fine_labels 99 57", "coarse_labels 19 0"));

    Dataset test = CifarFolder.CIFAR_10.test(data);
    assertArrayEquals(new int[] {4, 0, 9}, labels(test));
    assertArrayEquals(pixels(3), read(test));
    assertEquals(Shape.image(3, 32, 32), test.shape());
    assertEquals("cifar10", test.name());
    assertArrayEquals(
        new int[] {1, 9, 2, 9, 3, 9, 4, 9, 5, 9}, labels(CifarFolder.CIFAR_10.train(data)));
    assertArrayEquals(new int[] {99, 57}, labels(CifarFolder.CIFAR_100.train(data)));
    assertEquals(List.of(), CifarFolder.CIFAR_10.missing(data, Part.TRAIN));
    assertEquals(List.of(Catalogue.CIFAR_100), CifarFolder.CIFAR_100.missing(data, Part.TEST));
  }

  @ParameterizedTest
  @EnumSource(CifarPickles.class)
  void readsColumnMajorPixels(CifarPickles python) throws IOException {
    byte[] columns = new byte[2 * 3072];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = pixels(2)[i % 2 * 3072 + i / 2];
    }
    write(PYTHON + "test_batch", CifarPickles.bytes(python.write(columns, "\u0088", "labels 1 2")));

    assertArrayEquals(pixels(2), read(CifarFolder.CIFAR_10.test(data)));
  }

  @Test
  void readsTheArchiveForPythonAndPrefersTheBinaryVersion() throws IOException {
    byte[] pickle = CifarPickles.PYTHON_2.bytes(pixels(1), "labels 7");
    write("cifar-10-python.tar.gz", new TarBytes().file(PYTHON + "test_batch", pickle).gzip());
    assertArrayEquals(new int[] {7}, labels(CifarFolder.CIFAR_10.test(data)));
    assertEquals(List.of(), CifarFolder.CIFAR_10.missing(data, Part.TEST));
    write(PYTHON + "test_batch", CifarPickles.BYTES.bytes(pixels(1), "labels 8"));
    assertArrayEquals(new int[] {8}, labels(CifarFolder.CIFAR_10.test(data)));
    write("cifar-10-binary.tar.gz", new TarBytes().file(TEN + "test_batch.bin", ten(2)).gzip());
    assertArrayEquals(new int[] {2}, labels(CifarFolder.CIFAR_10.test(data)));
    write(TEN + "test_batch.bin", ten(1));
    assertArrayEquals(new int[] {1}, labels(CifarFolder.CIFAR_10.test(data)));
  }

  static Stream<Arguments> wrongPickles() {
    String whole = CifarPickles.PYTHON_2.write(pixels(2), "\u0089", "labels 1 2");
    return Stream.of(
        Arguments.of("found a list", "(l."),
        Arguments.of("no array of pixels under data", "(d."),
        Arguments.of("no array of pixels under data", whole.replace("U\u0002u1", "U\u0002u2")),
        Arguments.of("no array of pixels under data", whole.replace("M\0\u000c", "M\0\u000b")),
        Arguments.of("expected 9216", whole.replace("K\u0002M\0", "K\u0003M\0")),
        Arguments.of("no list of labels under labels", whole.replace("labels", "labelx")),
        Arguments.of("1 labels, expected 2", whole.replace("K\u0001K\u0002e", "K\u0001e")),
        Arguments.of("no label at position 1", whole.replace("K\u0001K\u0002e", "K\u0001Ne")),
        Arguments.of("label 10 in record 1", whole.replace("K\u0001K\u0002e", "K\u0001K\ne")),
        Arguments.of("ends early", whole.substring(0, whole.length() - 1)),
        Arguments.of("a pickle that asks for os.system", "cos\nsystem\n(S'ls'\ntR."),
        Arguments.of("asks for own.Batch", "cown\nBatch\n)R."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongPickles")
  void refusesAPickleThatIsNoBatch(String named, String pickle) throws IOException {
    write(PYTHON + "test_batch", CifarPickles.bytes(pickle));
    assertRefused(CifarFolder.CIFAR_10, Part.TEST, "test_batch: found ", named);
  }

  /** Whatever is cut off or flipped, a set comes out that keeps its promises, or a refusal. */
  @Test
  void neverGivesAnythingButAValidSetOrARefusal() throws IOException {
    byte[] plain = ten(1, 2, 3);
    byte[] tar = new TarBytes().file(TEN + "test_batch.bin", plain).gzip();
    byte[] unpacked = new GZIPInputStream(new java.io.ByteArrayInputStream(tar)).readAllBytes();
    Random random = new Random(1);
    int read = 0;
    int rounds = 800;
    byte[] pickle = CifarPickles.PYTHON_2.bytes(pixels(2), "labels 1 2");
    for (int round = 0; round < rounds; round++) {
      Files.deleteIfExists(data.resolve(TEN + "test_batch.bin"));
      Files.deleteIfExists(data.resolve("cifar-10-binary.tar.gz"));
      switch (round % 4) {
        case 0 -> write(TEN + "test_batch.bin", damaged(plain, random));
        case 1 -> write("cifar-10-binary.tar.gz", damaged(tar, random));
        case 2 -> write(PYTHON + "test_batch", damaged(pickle, random));
        default -> write("cifar-10-binary.tar.gz", IdxBytes.gzip(damaged(unpacked, random)));
      }
      try {
        Dataset test = CifarFolder.CIFAR_10.test(data);
        float[] pixels = new float[3072];
        for (int i = 0; i < test.size(); i++) {
          test.image(i, pixels, 0);
          assertTrue(test.label(i) >= 0 && test.label(i) < 10);
        }
        read++;
      } catch (DataException e) {
        assertTrue(e.getMessage().contains(": found "), e.getMessage());
      }
    }
    assertTrue(read > rounds / 20 && read < rounds * 19 / 20, read + " of " + rounds + " read");
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damaged =
        random.nextBoolean() ? bytes.clone() : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
      // Half of them near the front, where the headers and labels are.
      int range = random.nextBoolean() ? damaged.length : Math.min(512, damaged.length);
      damaged[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  @Test
  void readsTheRealCifar10() {
    Path real = RealData.with("cifar-10-batches-bin");
    int[] counts = new int[10];
    double sum = 0;
    for (Part part : Part.values()) {
      Dataset set = CifarFolder.CIFAR_10.read(real, part);
      assertEquals(part == Part.TRAIN ? 50_000 : 10_000, set.size());
      float[] pixels = new float[3072];
      for (int i = 0; i < set.size(); i++) {
        counts[set.label(i)]++;
        set.image(i, pixels, 0);
        for (float pixel : pixels) {
          sum += pixel;
        }
      }
    }
    for (int count : counts) {
      assertEquals(6_000, count);
    }
    // The means of the channels are known for the training images: 0.4914, 0.4822, 0.4465.
    assertEquals((0.4914 + 0.4822 + 0.4465) / 3, sum / 60_000 / 3072, 0.003);
  }

  private static byte[] ten(int... labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int label : labels) {
      out.write(label);
      out.writeBytes(new byte[3072]);
    }
    return out.toByteArray();
  }

  /** Coarse label, fine label, coarse label, ... */
  private static byte[] hundred(int... labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < labels.length; i += 2) {
      out.write(labels[i]);
      out.write(labels[i + 1]);
      out.writeBytes(new byte[3072]);
    }
    return out.toByteArray();
  }

  private static int[] labels(Dataset set) {
    int[] labels = new int[set.size()];
    Arrays.setAll(labels, set::label);
    return labels;
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void assertRefused(CifarFolder set, Part part, String... parts) {
    DataException e = assertThrows(DataException.class, () -> set.read(data, part));
    for (String text : parts) {
      assertTrue(e.getMessage().contains(text), e.getMessage());
    }
  }
}
