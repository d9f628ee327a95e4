package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyFileTest {
  @TempDir private Path folder;
  private final Map<String, byte[]> arrays = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({
    "i1, -5", "<i2, -300", ">i2, -300", "<u2, 60000", ">i4, -70000", "<u4, 4000000000",
    "<i8, -70000", ">u8, 70000", "<f2, 1.5", ">f2, -0.25", "<f2, 65504",
        "<f2, 5.9604644775390625E-8",
    "<f4, 0.1", ">f4, 0.1", "<f8, 0.1", ">f8, 3.5", "|b1, 1"
  })
  void numbersOfEveryTypeBecomeFloats(String type, double value) throws IOException {
    put("x_train", type, false, "(2, 3)", 0, 1, value, 1, 0, value);
    put("y_train", "<i8", false, "(2,)", 0, 1);

    Dataset train = open().train();

    assertEquals(Shape.features(3), train.shape());
    assertEquals((float) value, example(train, 0)[2]);
    assertEquals((float) value, example(train, 1)[2]);
    assertEquals(1, example(train, 1)[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(2 3)", "(2147483648, 0)"})
  void aShapeThatIsNoneIsRefused(String shape) throws IOException {
    put("x_train", "<f4", false, shape);
    put("y_train", "<i8", false, "(2,)", 0, 1);
    assertThrows(DataException.class, this::open);
  }

  @Test
  void bytesAreDividedBy255AndOtherNumbersTakenAsTheyAre() throws IOException {
    put("x_train", "|u1", false, "(1, 1, 2, 5)", 0, 51, 255, 0, 0, 0, 0, 0, 0, 102);
    put("y_train", "|u1", false, "(1,)", 0);

    float[] pixels = example(open().train(), 0);

    assertEquals(0.2f, pixels[1]);
    assertEquals(1, pixels[2]);
    assertEquals(0.4f, pixels[9]);
  }

  @Test
  void channelsAreFoundWhereTheyAre() throws IOException {
    double[] values = new double[3 * 5 * 6];
    Arrays.setAll(values, i -> i);
    put("x_train", "<f4", false, "(1, 5, 6, 3)", values);
    put("x_test", "<f4", false, "(1, 3, 5, 6)", values);
    put("y_train", "<i4", false, "(1,)", 0);
    put("y_test", "<i4", false, "(1, 1)", 0);

    NumpyFile file = open();

    assertEquals(Shape.image(3, 5, 6), file.train().shape());
    float[] pixels = example(file.train(), 0);
    for (int channel = 0; channel < 3; channel++) {
      for (int pixel = 0; pixel < 30; pixel++) {
        assertEquals(3 * pixel + channel, pixels[30 * channel + pixel]);
      }
    }
    assertEquals(Shape.image(3, 5, 6), file.test().orElseThrow().shape());
    assertEquals(7, example(file.test().orElseThrow(), 0)[7]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(1, 7, 16, 16)|[7, 16, 16]",
        "(1, 16, 16, 7)|[7, 16, 16]",
        "(1, 1, 1, 40)|[1, 1, 40]",
        "(1, 4, 1, 3)|refused",
        "(1, 16, 16, 16)|refused",
        "(1, 5, 6, 7)|refused"
      })
  void dimensionsThatMayMeanTwoThingsAreRefused(String shape, String expected) throws IOException {
    int count =
        Arrays.stream(shape.replaceAll("[() ]", "").split(","))
            .mapToInt(Integer::parseInt)
            .reduce(1, (a, b) -> a * b);
    put("x_train", "<f4", false, shape, new double[count]);
    put("y_train", "<i4", false, "(1,)", 0);
    if (expected.equals("refused")) {
      assertRefused("the channels may be the second or last dimension");
    } else {
      assertEquals(expected, open().train().shape().toString());
    }
  }

  @Test
  void threeDimensionsAreSignalsOrGreyImagesOfBytes() throws IOException {
    put("x_train", "<f4", false, "(1, 2, 3)", 1, 2, 3, 4, 5, 6);
    put("x_test", "|u1", false, "(1, 2, 3)", 1, 2, 3, 4, 5, 6);
    put("y_train", "<i4", false, "(1,)", 0);
    put("y_test", "<i4", false, "(1,)", 0);
    assertEquals(Shape.image(2, 1, 3), open().train().shape());
    assertEquals(Shape.image(1, 2, 3), open().test().orElseThrow().shape());
  }

  @Test
  void theOrderOfFortranIsReadAsThatOfC() throws IOException {
    // [[0, 1, 2], [3, 4, 5]] column by column.
    put("x_train", "<f4", true, "(2, 3)", 0, 3, 1, 4, 2, 5);
    put("y_train", "<i4", false, "(2,)", 0, 1);
    assertArrayEquals(new float[] {3, 4, 5}, example(open().train(), 1));
  }

  @Test
  void labelsAreNumbersWordsOrRowsOfZerosAndAOne() throws IOException {
    put("x_train", "<f4", false, "(3, 1)", 1, 2, 3);
    put("y_train", "<i8", false, "(3,)", 10, 9, 10);
    assertEquals(List.of("9", "10"), open().train().classNames());
    assertEquals(1, open().train().label(0));

    put("y_train", "<f4", false, "(3, 2)", 0, 1, 1, 0, 0, 1);
    assertEquals(List.of("0", "1"), open().train().classNames());
    assertEquals(1, open().train().label(2));

    arrays.put("y_train.npy", npy("<U3", false, "(3,)", words("dög", "cat", "dög")));
    assertEquals(List.of("cat", "dög"), open().train().classNames());
    assertEquals(1, open().train().label(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(4,)|<f4|0.5 1 2 3|[y]",
        "(4, 1)|<f8|0.5 1 2 3|[y]",
        "(4, 2)|<f4|0 1 1 1 0 1 1 0|[y0, y1]",
        "(4, 2)|<i8|10 20 30 40 50 60 70 80|[y0, y1]",
      })
  void numbersThatAreNoClassesAreRegressed(String shape, String type, String numbers, String names)
      throws IOException {
    double[] values = Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
    put("x_train", "<f4", false, "(4, 1)", 1, 2, 3, 4);
    put("y_train", type, false, shape, values);

    Dataset train = open().train();

    assertEquals(names, train.targetNames().toString());
    Targets.Values read = (Targets.Values) train.targets(0, 1, 2, 3);
    for (int i = 0; i < values.length; i++) {
      assertEquals((float) values[i], read.values()[i]);
    }
  }

  @Test
  void theTrainingPartSettlesHowTheOthersAreRead() throws IOException {
    put("x_train", "<f4", false, "(2, 1)", 1, 2);
    put("y_train", "<f4", false, "(2,)", 0.5, 1);
    put("x_test", "<f4", false, "(2, 1)", 1, 2);
    put("y_test", "<f4", false, "(2,)", 2, 1);
    assertEquals(List.of("y"), open().test().orElseThrow().targetNames());

    put("y_train", "<f4", false, "(2,)", 0, 1);
    put("y_test", "<f4", false, "(2,)", 0.5, 1);
    NumpyFile classes = open();
    var e = assertThrows(DataException.class, classes::test);
    assertTrue(e.getMessage().contains("y_test: found numbers that are no classes"));
  }

  @Test
  void wholeNumbersAreCountsWhereSomeoneSaysSo() throws IOException {
    put("x_train", "|u1", false, "(2, 2, 2)", 255, 0, 0, 51, 0, 0, 0, 0);
    put("y_train", "|u1", false, "(2,)", 3, 200);

    Dataset counts = NumpyFile.open(write(), TargetReading.NUMBERS).train();

    assertArrayEquals(new float[] {200, 3}, ((Targets.Values) counts.targets(1, 0)).values());
    assertEquals(0.2f, example(counts, 0)[3]);
    put("y_train", "<f4", false, "(2,)", 3, Double.NaN);
    Path file = write();
    var e = assertThrows(DataException.class, () -> NumpyFile.open(file).train());
    assertTrue(e.getMessage().contains("y_train, example 1: found NaN, expected a number"));
  }

  @Test
  void pickledObjectsAreRefused() throws IOException {
    put("x_train", "<f4", false, "(1, 1)", 1);
    arrays.put("y_train.npy", npy("|O", false, "(1,)", new byte[] {(byte) 0x80, 4, 'K', 1, '.'}));
    assertRefused("y_train: found pickled objects, which can run any program");
  }

  @Test
  void whatIsClaimedButNotThereIsRefusedBeforeMemoryIsTaken() throws IOException {
    put("y_train", "<i8", false, "(1,)", 0);
    arrays.put("x_train.npy", npy("<f8", false, "(2000000000,)", new byte[8]));
    assertRefused("found an array of [2000000000] in ");
    arrays.put("x_train.npy", npy("<f4", false, "(99999999, 99999999, 99999)", new byte[8]));
    assertRefused("expected at most 2147483639 values");
    arrays.put("x_train.npy", npy("<f4", false, "(-1, 3)", new byte[8]));
    assertRefused("found the header {'descr'");
    arrays.put("x_train.npy", npy("<c8", false, "(1, 1)", new byte[8]));
    assertRefused("found values of type <c8");
    arrays.put("x_train.npy", "no array".getBytes(StandardCharsets.UTF_8));
    assertRefused("found no array of NumPy");
  }

  @Test
  void whatDoesNotFitIntoTheMemoryIsRefusedWithWhatIsNeededAndWhatThereIs() {
    long all = Runtime.getRuntime().maxMemory();
    var e =
        assertThrows(DataException.class, () -> HeapRoom.require(Path.of("a.npz"), all, "arrays"));
    assertTrue(
        e.getMessage()
            .matches(
                "a.npz: found arrays, which need [0-9,]+ MB of memory, expected at most [0-9,]+ MB"
                    + " of the [0-9,]+ MB that there are\\. Allow more, such as"
                    + " POSTERIORI_JAVA_OPTS=-Xmx[0-9]+g .*"),
        e.getMessage());
    HeapRoom.require(Path.of("a.npz"), all / 2, "arrays");
  }

  @Test
  void aFileThatIsCutShortOrLacksAnArrayIsRefused() throws IOException {
    put("x_train", "<f4", false, "(2, 1)", 1, 2);
    assertRefused("found the arrays [x_train], expected x_train and y_train");
    put("y_train", "<i4", false, "(3,)", 0, 1, 0);
    assertRefused("x_train of [2, 1] and y_train of [3]");
    put("y_train", "<i4", false, "(2,)", 0, 1);
    byte[] whole = Files.readAllBytes(write());
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 5}) {
      Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
      assertThrows(DataException.class, () -> NumpyFile.open(cut).train(), length + " bytes");
    }
  }

  private static float[] example(Dataset set, int index) {
    float[] example = new float[set.shape().size()];
    set.image(index, example, 0);
    return example;
  }

  private void assertRefused(String expected) throws IOException {
    Path file = write();
    var e = assertThrows(DataException.class, () -> NumpyFile.open(file).train());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private NumpyFile open() throws IOException {
    return NumpyFile.open(write());
  }

  private Path write() throws IOException {
    Path file = folder.resolve("a.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey()));
        zip.write(array.getValue());
      }
    }
    return file;
  }

  private void put(String name, String type, boolean fortran, String shape, double... values)
      throws IOException {
    String bare = type.replaceAll("[<>|]", "");
    ByteBuffer bytes =
        ByteBuffer.allocate(8 * values.length)
            .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (bare) {
        case "u1", "i1", "b1" -> bytes.put((byte) value);
        case "u2", "i2" -> bytes.putShort((short) (int) value);
        case "u4", "i4" -> bytes.putInt((int) (long) value);
        case "u8", "i8" -> bytes.putLong((long) value);
        case "f2" -> bytes.putShort(half(value));
        case "f4" -> bytes.putFloat((float) value);
        default -> bytes.putDouble(value);
      }
    }
    arrays.put(
        name + ".npy",
        npy(
            type.length() == 2 ? "|" + type : type,
            fortran,
            shape,
            Arrays.copyOf(bytes.array(), bytes.position())));
  }

  /** The bits of a few numbers, from the tables of IEEE 754. */
  private static short half(double value) {
    return (short)
        switch (String.valueOf(value)) {
          case "0.0" -> 0;
          case "1.0" -> 0x3c00;
          case "1.5" -> 0x3e00;
          case "-0.25" -> 0xb400;
          case "65504.0" -> 0x7bff;
          case "5.9604644775390625E-8" -> 1;
          default -> throw new IllegalArgumentException(String.valueOf(value));
        };
  }

  private static byte[] words(String... words) {
    ByteBuffer bytes = ByteBuffer.allocate(12 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (String word : words) {
      int end = bytes.position() + 12;
      word.codePoints().forEach(bytes::putInt);
      bytes.position(end);
    }
    return bytes.array();
  }

  private static byte[] npy(String type, boolean fortran, String shape, byte[] data)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
            .formatted(type, fortran ? "True" : "False", shape);
    header = header + " ".repeat(117 - header.length()) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(data);
    return out.toByteArray();
  }
}
