package io.github.posteriori.checkpoint.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.checkpoint.Bounded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that want to run code, fill the memory or never end are refused, at once and by name. */
class HostileFileTest {
  private static final String KEYS = "\u0080\u0002]" + TorchBytes.text("0") + "a.";

  @TempDir Path folder;

  private static void refused(Path file, String named) {
    String message = Bounded.refusal(() -> TorchFile.read(file)).getMessage();
    assertTrue(message.contains(named), message);
    assertTrue(message.length() < 1000, "a message of " + message.length() + " characters");
  }

  private Path legacy(String pickle) {
    return TorchBytes.legacy(folder, pickle, KEYS, TorchBytes.legacyNumbers());
  }

  private void refusedInBothFormats(String pickle, String named) {
    refused(TorchBytes.zip(folder, pickle), named);
    refused(legacy(pickle), named);
  }

  /** The older format is refused too, where its storages may be missed before. */
  private void refusedInZip(String pickle, String named) {
    refused(TorchBytes.zip(folder, pickle), named);
    Bounded.refusal(() -> TorchFile.read(legacy(pickle)));
  }

  static Stream<Arguments> picklesThatAskForCode() {
    String echo = TorchBytes.text("echo");
    return Stream.of(
        Arguments.of("posix.system", "\u0080\u0002cposix\nsystem\n" + echo + "\u0085R."),
        Arguments.of("os.system", "\u0080\u0002cos\nsystem\n."),
        Arguments.of("builtins.eval", "\u0080\u0002cbuiltins\neval\n" + echo + "\u0085R."),
        Arguments.of(
            "posix.system",
            "\u0080\u0004\u008c\u0005posix\u008c\u0006system\u0093" + echo + "\u0085R."),
        // The names lie in the memo, and are recalled after a harmless function.
        Arguments.of(
            "posix.system",
            "\u0080\u0004]\u008c\u0005posix\u0094\u008c\u0006system\u0094\u0086a"
                + "ccollections\nOrderedDict\n)Rh\0h\u0001\u0093"
                + echo
                + "\u0085R."),
        Arguments.of("posix.system", "\u0080\u0002(" + echo + "iposix\nsystem\n."),
        Arguments.of("instruction 0x6f", "\u0080\u0002(" + echo + "o."),
        Arguments.of("posix.system", "\u0080\u0002cposix\nsystem\n)\u0081."),
        Arguments.of("posix.system", "\u0080\u0004cposix\nsystem\n)}\u0092."),
        Arguments.of(
            "a call with keywords",
            "\u0080\u0004ccollections\nOrderedDict\n)}(" + echo + "Nu\u0092."),
        // What is spelled like a class is refused unless it is filled like a dictionary.
        Arguments.of("own.Class", "\u0080\u0002cown\nClass\n."),
        Arguments.of("own.Class", "\u0080\u0002cown\nClass\n)R."),
        Arguments.of("own.Class", "\u0080\u0002cown\nClass\n" + echo + "\u0085R(" + echo + "Nu."),
        Arguments.of("own.Class", "\u0080\u0002cown\nClass\n)R}b."),
        Arguments.of("os.Abort", "\u0080\u0002cos\nAbort\n)R(" + echo + "Nu."),
        Arguments.of("own.function", "\u0080\u0002cown\nfunction\n)R(" + echo + "Nu."),
        Arguments.of("builtins.exec", "\u0080\u0002c__builtin__\nexec\n" + echo + "\u0085R."),
        Arguments.of("a call of builtins.str", "\u0080\u0002cbuiltins\nstr\n" + echo + "\u0085R."),
        Arguments.of("a call of numpy.ndarray", "\u0080\u0002cnumpy\nndarray\n)R."),
        Arguments.of("a call of torch.FloatTensor", "\u0080\u0002ctorch\nFloatTensor\n)R."),
        Arguments.of("datetime.datetime", "\u0080\u0002cdatetime\ndatetime\n" + echo + "\u0085R."),
        Arguments.of("instruction 0x82", "\u0080\u0002\u0082\u0001."),
        Arguments.of("instruction 0x50", "\u0080\u0002Pid\n."),
        Arguments.of("OrderedDict.__init__", "\u0080\u0002ccollections\nOrderedDict.__init__\n."),
        Arguments.of("torch._utils.os", "\u0080\u0002ctorch._utils\nos\n."),
        Arguments.of("no function", "\u0080\u0002})R."),
        Arguments.of("BUILD on a list, tuple or set", "\u0080\u0002]}b."),
        Arguments.of("BUILD on a tensor", "\u0080\u0002" + TorchBytes.tensor() + "}b."),
        Arguments.of(
            "the persistent id module", "\u0080\u0002(" + TorchBytes.text("module") + "NNNNtQ."),
        Arguments.of("a name that begins with aaaa", "\u0080\u0002c" + "a".repeat(1_000_000)),
        // Inside a state dictionary that is right otherwise.
        Arguments.of(
            "numpy.core.multiarray.fromfile",
            TorchBytes.saved("cnumpy.core.multiarray\nfromfile\n)R")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("picklesThatAskForCode")
  void aPickleThatAsksForCodeIsRefusedByName(String named, String pickle) {
    refusedInBothFormats(pickle, named);
  }

  /** A terminal obeys some control characters, and nobody reads a message of a megabyte. */
  @Test
  void aRefusalShowsOnlyAPartOfALongNameAndNoControlCharacters() {
    String name = "\u001b[2J" + "x".repeat(1_000_000);
    String twice = TorchBytes.text(name) + TorchBytes.tensor() + "s";
    refused(TorchBytes.zip(folder, "\u0080\u0002}" + twice + twice + "."), "entries ?[2Jxxx");
    String global = TorchBytes.text(name) + TorchBytes.text("f") + "\u0093.";
    refused(TorchBytes.zip(folder, "\u0080\u0004" + global), "asks for ?[2Jxxx");
  }

  static Stream<Arguments> damagedPickles() {
    String call = "ctorch._utils\n_rebuild_tensor_v2\n";
    return Stream.of(
        Arguments.of("ends early", ""),
        Arguments.of("ends early", "\u0080\u0002}"),
        Arguments.of("never made", "\u0080\u0002."),
        Arguments.of("never made", "\u0080\u0002]as."),
        Arguments.of("never began", "\u0080\u0002t."),
        Arguments.of("never kept", "\u0080\u0002h\u0005."),
        Arguments.of("protocol 6", "\u0080\u0006."),
        Arguments.of("claims a string of 4294967295", "\u0080\u0002X\u00ff\u00ff\u00ff\u00ffabc"),
        Arguments.of("appends to a dictionary", "\u0080\u0002}}a."),
        Arguments.of("sets an entry of a list", "\u0080\u0002]NNs."),
        Arguments.of("sets an entry", "\u0080\u0002}(Nu."),
        Arguments.of(
            "two entries a",
            "\u0080\u0002}" + (TorchBytes.text("a") + TorchBytes.tensor() + "s").repeat(2) + "."),
        Arguments.of("has 1 arguments", "\u0080\u0002" + call + "}\u0085R."),
        Arguments.of("is None", "\u0080\u0002" + call + "(NNNNNNtR."),
        Arguments.of("is None", "\u0080\u0002" + call + "NR."),
        Arguments.of("is a dictionary", "\u0080\u0002}Q."),
        Arguments.of(
            "a number of 71 bits",
            TorchBytes.saved(
                TorchBytes.tensor()
                    .replace(TorchBytes.tuple(3), "\u008a\u0009\0\0\0\0\0\0\0\0\u0040\u0085"))),
        Arguments.of(
            "70 numbers",
            TorchBytes.saved(
                TorchBytes.tensor(
                    TorchBytes.storage("FloatStorage", "0", 3),
                    0,
                    TorchBytes.tuple(new long[70]),
                    TorchBytes.tuple(new long[70])))),
        Arguments.of("holds a list or tuple of 0 values", "\u0080\u0002]."),
        Arguments.of("holds a tensor of the shape [3]", "\u0080\u0002" + TorchBytes.tensor() + "."),
        Arguments.of("holds an empty dictionary", "\u0080\u0002}."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damagedPickles")
  void aDamagedPickleIsRefused(String named, String pickle) {
    refusedInZip(pickle, named);
  }

  static Stream<Arguments> greedyPickles() {
    // Each tuple holds the one before it twice: 2^100,000 leaves for whoever counts them.
    String bomb = "(]q\0" + "(h\0h\0tq\0".repeat(100_000) + "t";
    return Stream.of(
        Arguments.of("steps", "\u0080\u0002" + "]".repeat(7_000_000)),
        Arguments.of("steps", "\u0080\u0002" + "(".repeat(7_000_000)),
        Arguments.of("steps", "\u0080\u0002" + "}".repeat(7_000_000)),
        Arguments.of(
            "holds a list or tuple of 1 values",
            "\u0080\u0002]" + "]".repeat(400_000) + "a".repeat(400_000) + "."),
        Arguments.of("holds a list or tuple of 100001 values", "\u0080\u0002" + bomb + "."),
        Arguments.of("no dictionary of tensors", TorchBytes.saved(bomb)),
        Arguments.of(
            "no dictionary of tensors", "\u0080\u0002}q\0" + TorchBytes.text("model") + "h\0s."),
        Arguments.of("holds a list or tuple of 1 values", "\u0080\u0002]q\0h\0a."),
        Arguments.of(
            "numbers, expected at most 64",
            "\u0080\u0002("
                + "K\u0001".repeat(300_000)
                + "tq\0ctorch._utils\n_rebuild_tensor_v2\nq\u0001"
                + ("h\u0001(" + TorchBytes.storage("FloatStorage", "0", 3) + "K\0h\0h\0NNtR")
                    .repeat(1000)
                + "."),
        Arguments.of(
            "copies its own values",
            "\u0080\u0002"
                + TorchBytes.text("x".repeat(1_000_000))
                + "q\0c_codecs\nencode\nq\u0001"
                + ("h\u0001h\0" + TorchBytes.text("latin1") + "\u0086R").repeat(1000)
                + "."),
        Arguments.of(
            "copies its own values",
            "\u0080\u0002("
                + ("NN\u0086").repeat(100_000)
                + "tq\0ccollections\nOrderedDict\nq\u0001"
                + "h\u0001h\0\u0085R".repeat(1000)
                + "."),
        Arguments.of(
            "a number of 1000001 characters", "\u0080\u0002L" + "9".repeat(1_000_000) + "L\n."),
        Arguments.of(
            "never kept", "\u0080\u0002]r\u00ff\u00ff\u00ff\u007fj\u00fe\u00ff\u00ff\u007f."),
        Arguments.of(
            "expected at most 8000000",
            "\u0080\u0002" + TorchBytes.text("x".repeat(9_000_000)) + "."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("greedyPickles")
  void aPickleThatGrowsIsRefusedInTime(String named, String pickle) {
    refusedInZip(pickle, named);
  }

  static Stream<Arguments> impossibleTensors() {
    String three = TorchBytes.storage("FloatStorage", "0", 3);
    return Stream.of(
        tensor("shape [-3]", three, 0, TorchBytes.tuple(-3), TorchBytes.tuple(1)),
        tensor("strides [-1]", three, 2, TorchBytes.tuple(3), TorchBytes.tuple(-1)),
        tensor("offset -1", three, -1, TorchBytes.tuple(3), TorchBytes.tuple(1)),
        tensor("one stride for each", three, 0, TorchBytes.tuple(3), TorchBytes.tuple(1, 1)),
        tensor("reads number 3", three, 1, TorchBytes.tuple(3), TorchBytes.tuple(1)),
        tensor("reads number 4", three, 0, TorchBytes.tuple(3), TorchBytes.tuple(2)),
        tensor(
            "reads number 9223372036854775807",
            three,
            1,
            TorchBytes.tuple(3),
            TorchBytes.tuple(Long.MAX_VALUE)),
        tensor(
            "fits its storage",
            three,
            0,
            TorchBytes.tuple(1L << 40, 1L << 40),
            TorchBytes.tuple(0, 0)),
        tensor("contiguous()", three, 0, TorchBytes.tuple(1L << 40), TorchBytes.tuple(0)),
        tensor("contiguous()", three, 0, TorchBytes.tuple(1_000_000_000), TorchBytes.tuple(0)),
        storage("12 bytes", "FloatStorage", "0", 4),
        storage("12 bytes", "FloatStorage", "0", 1L << 62),
        storage("12 bytes", "DoubleStorage", "0", 3),
        storage("-3 numbers", "FloatStorage", "0", -3),
        storage("torch.QInt8Storage", "QInt8Storage", "0", 12),
        storage("absent", "FloatStorage", "../../0", 3));
  }

  private static Arguments tensor(
      String named, String storage, long offset, String shape, String strides) {
    return Arguments.of(
        named, TorchBytes.saved(TorchBytes.tensor(storage, offset, shape, strides)));
  }

  private static Arguments storage(String named, String type, String key, long length) {
    return tensor(
        named, TorchBytes.storage(type, key, length), 0, TorchBytes.tuple(3), TorchBytes.tuple(1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossibleTensors")
  void aTensorThatItsStorageDoesNotHoldIsRefused(String named, String pickle) {
    refusedInZip(pickle, named);
  }

  @Test
  void manyTensorsOverOneStorageMayNotMultiplyIt() {
    StringBuilder pickle = new StringBuilder("\u0080\u0002}(");
    for (int i = 0; i < 5; i++) {
      pickle.append(TorchBytes.text("t" + i)).append(TorchBytes.tensor());
    }
    refused(TorchBytes.zip(folder, pickle + "u."), "tensor t4 repeats");
  }

  @Test
  void oneStorageMayNotBeTwoThings() {
    String other =
        TorchBytes.tensor(
            TorchBytes.storage("HalfStorage", "0", 6), 0, TorchBytes.tuple(6), TorchBytes.tuple(1));
    refusedInBothFormats(
        "\u0080\u0002}"
            + TorchBytes.text("a")
            + TorchBytes.tensor()
            + "s"
            + TorchBytes.text("b")
            + other
            + "s.",
        "described twice");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aWeightThatIsNoNumberIsRefusedWithItsTensor(float weight) {
    byte[] numbers = TorchBytes.numbers();
    ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(4, weight);
    Map<String, byte[]> entries = entries();
    entries.put("made/data/0", numbers);
    refused(TorchBytes.zip(folder, entries, ZipEntry.STORED), "tensor a holds " + weight);
  }

  @Test
  void aDoubleThatNoFloatHoldsIsRefused() {
    Map<String, byte[]> entries = entries();
    entries.put(
        "made/data.pkl",
        TorchBytes.bytes(
            TorchBytes.saved(
                TorchBytes.tensor(
                    TorchBytes.storage("DoubleStorage", "0", 1),
                    0,
                    TorchBytes.tuple(1),
                    TorchBytes.tuple(1)))));
    entries.put(
        "made/data/0",
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e300).array());
    refused(TorchBytes.zip(folder, entries, ZipEntry.STORED), "tensor a holds Infinity");
  }

  private static Map<String, byte[]> entries() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("made/data.pkl", TorchBytes.bytes(TorchBytes.saved(TorchBytes.tensor())));
    entries.put("made/data/0", TorchBytes.numbers());
    return entries;
  }

  @Test
  void anUnknownByteOrderIsRefused() {
    Map<String, byte[]> entries = entries();
    entries.put("made/byteorder", TorchBytes.bytes("middle"));
    refused(TorchBytes.zip(folder, entries, ZipEntry.STORED), "byte order is middle");
  }

  @Test
  void aZipBombIsRefusedBeforeItInflates() {
    Map<String, byte[]> entries = entries();
    entries.put("made/data/0", new byte[100_000_000]);
    refused(TorchBytes.zip(folder, entries, ZipEntry.DEFLATED), "compressed");
  }

  @Test
  void tooManyZipEntriesAreRefused() {
    Map<String, byte[]> entries = entries();
    for (int i = 0; i < 65_000; i++) {
      entries.put("made/" + "x".repeat(100) + i, new byte[0]);
    }
    refused(TorchBytes.zip(folder, entries, ZipEntry.STORED), "its directory has");
  }

  @Test
  void twoZipEntriesOfOneNameAreRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("made/data/1", TorchBytes.numbers());
    changed(entries, "made/data/1", "made/data/0");
    refused(folder.resolve("made.pt"), "two entries made/data/0");
  }

  @Test
  void aZipWithTwoPicklesOrNoneIsRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("more/data.pkl", entries.get("made/data.pkl"));
    refused(TorchBytes.zip(folder, entries, ZipEntry.STORED), "2 entries */data.pkl");
    changed(entries(), "data.pkl", "data.pki");
    refused(folder.resolve("made.pt"), "0 entries */data.pkl");
  }

  /** The JDK's writer refuses what hostile files do: change it afterwards. */
  private void changed(Map<String, byte[]> entries, String from, String to) throws IOException {
    Path file = TorchBytes.zip(folder, entries, ZipEntry.STORED);
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains(from), "nothing to change");
    Files.write(file, TorchBytes.bytes(bytes.replace(from, to)));
  }

  /**
   * Changes four bytes of the directory.
   *
   * @param entry which one: 0 the pickle, 1 the storage
   */
  private Path directory(int entry, int offset, int number) throws IOException {
    Path file = TorchBytes.zip(folder, entries(), ZipEntry.STORED);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int position = bytes.getInt(bytes.limit() - StoredZip.END_LENGTH + 16);
    for (int i = 0; i < entry; i++) {
      position += StoredZip.ENTRY_LENGTH + bytes.getShort(position + 28);
    }
    bytes.putInt(position + offset, number);
    return Files.write(file, bytes.array());
  }

  @Test
  void zipEntriesWhoseSizesOrPlacesLieAreRefused() throws IOException {
    refused(directory(1, 24, 1_000_000), "compressed");
    refused(directory(1, 42, 0), "overlaps");
    refused(directory(1, 42, -2), "overlaps");
    refused(directory(0, 42, 1), "no entry made/data.pkl");
    refused(directory(1, 16, 0), "checksum of made/data/0");
    refused(directory(1, 28, 0xffff), "ends behind it");
    refused(directory(1, 0, 0), "breaks off");
    Path file = directory(1, 20, 12_000_000);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, replaced(bytes, 12, 12_000_000));
    refused(file, "overlaps");
  }

  /** Every number {@code from} in the file becomes {@code to}. */
  private static byte[] replaced(ByteBuffer bytes, int from, int to) {
    for (int i = 0; i + 4 <= bytes.limit(); i++) {
      if (bytes.getInt(i) == from) {
        bytes.putInt(i, to);
      }
    }
    return bytes.array();
  }

  /** A directory that lists fewer entries than the file holds, each of them right. */
  @Test
  void aDirectoryThatIsCutIsRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("made/version", TorchBytes.bytes("3"));
    Path file = TorchBytes.zip(folder, entries, ZipEntry.STORED);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.limit() - StoredZip.END_LENGTH;
    bytes.putShort(end + 10, (short) 2);
    Files.write(file, bytes.array());
    refused(file, "lists 2 entries");
    int last = StoredZip.ENTRY_LENGTH + "made/version".length();
    bytes.putInt(end + 12, bytes.getInt(end + 12) - last);
    Files.write(file, bytes.array());
    refused(file, "lists 2 entries");
  }

  @Test
  void aLegacyFileWhoseStoragesDoNotFitIsRefused() {
    String pickle = TorchBytes.saved(TorchBytes.tensor());
    byte[] numbers = TorchBytes.legacyNumbers();
    byte[] more = ByteBuffer.allocate(24).put(numbers).array();
    byte[] lying = numbers.clone();
    lying[7] = 127;
    String twice = KEYS.replace("a.", "a" + TorchBytes.text("0") + "a.");
    refused(TorchBytes.legacy(folder, pickle, KEYS, more), "its storages end at byte");
    refused(TorchBytes.legacy(folder, pickle, KEYS, lying), "numbers, expected once, and 3");
    refused(TorchBytes.legacy(folder, pickle, KEYS, new byte[19]), "numbers, expected once, and 3");
    refused(TorchBytes.legacy(folder, pickle, KEYS, new byte[4]), "claims 8 bytes");
    refused(
        TorchBytes.legacy(
            folder, pickle, twice, ByteBuffer.allocate(40).put(numbers).put(numbers).array()),
        "there twice");
    refused(
        TorchBytes.legacy(folder, pickle, "\u0080\u0002].", new byte[0]), "lacks the storage 0");
    refused(TorchBytes.legacy(folder, pickle, "\u0080\u0002}.", new byte[0]), "no list");
    refused(TorchBytes.legacy(folder, pickle, KEYS.replace("0", "9"), numbers), "no tensor has");
    refused(
        TorchBytes.legacy(
            folder,
            pickle.replace(TorchBytes.number(3) + "tQ", TorchBytes.number(1L << 61) + "tQ"),
            KEYS,
            ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 61).array()),
        "has 9223372036854775807 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PK\u0003\u0004", "hello, world", "\u0080\u0002K\u0001."})
  void whatIsNoPyTorchFileIsRefused(String bytes) throws IOException {
    refused(Files.write(folder.resolve("foreign.pt"), TorchBytes.bytes(bytes)), "no PyTorch file");
  }
}
