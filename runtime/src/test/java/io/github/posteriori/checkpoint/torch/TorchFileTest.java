package io.github.posteriori.checkpoint.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileTest {
  @TempDir Path folder;

  private static Tensor tensor(long[] shape, float... values) {
    return new Tensor(shape, values);
  }

  private static long[] shape(long... sizes) {
    return sizes;
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> found) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
    expected.forEach(
        (name, tensor) -> {
          assertArrayEquals(tensor.shape(), found.get(name).shape(), name);
          assertArrayEquals(tensor.values(), found.get(name).values(), name);
        });
  }

  /** What {@code make.py} beside the files saves. */
  @ParameterizedTest
  @ValueSource(strings = {"values.pt", "values-legacy.pt"})
  void readsTheTensorsThatPyTorchSaved(String file) {
    Map<String, Tensor> expected = new LinkedHashMap<>();
    expected.put("a", tensor(shape(2, 3), 1, -2, 3.5f, 0, 1e-30f, 6));
    expected.put("transposed", tensor(shape(3, 2), 1, 0, -2, 1e-30f, 3.5f, 6));
    expected.put("row", tensor(shape(3), 0, 1e-30f, 6));
    expected.put("column", tensor(shape(2), 3.5f, 6));
    expected.put("parameter", tensor(shape(2), 7, 8));
    expected.put("double", tensor(shape(2), 0.1f, -2.5f));
    expected.put("half", tensor(shape(4), 1.5f, -0x1p-14f, 0x1p-24f, 65504));
    expected.put("bfloat16", tensor(shape(2), 1.5f, -3));
    expected.put("scalar", tensor(shape(), 9));
    expected.put("empty", tensor(shape(0, 3)));
    TorchFile read = TorchFile.read(TorchBytes.resource(file));
    assertSame(expected, read.tensors());
    assertEquals(List.of("bn.num_batches_tracked", "flag"), read.ignored());
  }

  @Test
  void readsWhatItWrites() {
    Map<String, Tensor> tensors = TorchFile.read(TorchBytes.resource("values.pt")).tensors();
    Path file = folder.resolve("written.pt");
    TorchFile.write(tensors, file);
    TorchFile read = TorchFile.read(file);
    assertSame(tensors, read.tensors());
    assertEquals(List.of(), read.ignored());
  }

  @Test
  void writesTheSameBytesForTheSameTensors() throws IOException {
    Map<String, Tensor> tensors = Map.of("Größe", tensor(shape(1), 1));
    TorchFile.write(tensors, folder.resolve("a.pt"));
    TorchFile.write(tensors, folder.resolve("b.pt"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.pt")), Files.readAllBytes(folder.resolve("b.pt")));
    assertSame(tensors, TorchFile.read(folder.resolve("a.pt")).tensors());
  }

  @Test
  void leavesNoTemporaryFileBehind() throws IOException {
    TorchFile.write(Map.of("a", tensor(shape(1), 1)), folder.resolve("a.pt"));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void beginsContentsWherePyTorchCanMapThem() throws IOException {
    Path file = folder.resolve("a.pt");
    TorchFile.write(Map.of("a", tensor(shape(2), 0x1.234567p3f, 0x1.89abcdp4f)), file);
    byte[] wanted = tensor(shape(2), 0x1.234567p3f, 0x1.89abcdp4f).bytes().array();
    byte[] bytes = Files.readAllBytes(file);
    int position = 0;
    while (!Arrays.equals(wanted, Arrays.copyOfRange(bytes, position, position + wanted.length))) {
      position++;
    }
    assertEquals(0, position % 64, "the storage begins at byte " + position);
  }

  /** A dictionary of one tensor. */
  private static String weights(String name) {
    return "}" + TorchBytes.text(name) + TorchBytes.tensor() + "s";
  }

  private static String entry(String key, String value) {
    return TorchBytes.text(key) + value + "s";
  }

  /** The state of an optimiser: its first parameter has the number 0. */
  private static String optimiser() {
    String moments = "}" + entry("step", "K\u0003") + entry("exp_avg", TorchBytes.tensor());
    return "}" + entry("state", "}K\0" + moments + "s") + entry("param_groups", "]");
  }

  /** A tensor of one number, such as a loss. */
  private static String loss() {
    return TorchBytes.tensor(
        TorchBytes.storage("FloatStorage", "0", 3), 0, TorchBytes.tuple(), TorchBytes.tuple());
  }

  private TorchFile read(String value) {
    return TorchFile.read(TorchBytes.zip(folder, "\u0080\u0002" + value + "."));
  }

  static Stream<Arguments> places() {
    String net = weights("fc.bias");
    return Stream.of(
        Arguments.of("", net),
        Arguments.of("state_dict", "}" + entry("epoch", "K\u0003") + entry("state_dict", net)),
        Arguments.of("net", "}" + entry("net", net) + entry("loss", loss())),
        Arguments.of("any name", "}" + entry("optimizer", optimiser()) + entry("any name", net)),
        Arguments.of("model", "}" + entry("model", net) + entry("averages", optimiser())),
        Arguments.of("1", "K\u0003" + net + "\u0086"),
        Arguments.of("0", "]" + net + "a"),
        Arguments.of("a/0/b/1", "}" + entry("a", "]}" + entry("b", "N" + net + "\u0086") + "a")),
        // Twice the same is one, and so is one beside a tensor that is no layer's.
        Arguments.of("a", "}" + entry("a", net + "q\u0001") + entry("b", "h\u0001")),
        Arguments.of(
            "model", "}" + entry("class_weights", TorchBytes.tensor()) + entry("model", net)),
        Arguments.of("", "ccollections\nOrderedDict\n)R" + net.substring(1)),
        Arguments.of("", "cown.training\nState\n)R" + net.substring(1) + "}b"),
        Arguments.of("", "cown.training\nState\n)\u0081" + net.substring(1)));
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("places")
  void findsTheOneDictionaryOfTensorsWhereverItIs(String key, String saved) {
    TorchFile read = read(saved);
    assertEquals(key, read.key());
    assertSame(Map.of("fc.bias", tensor(shape(3), 1, 2, 3)), read.tensors());
  }

  @Test
  void listsTheKeysOfSeveralDictionariesOfTensorsAndTakesTheOneThatIsNamed() {
    String saved =
        "}" + entry("model", weights("fc.bias")) + entry("ema", "}" + entry("x", weights("a.b")));
    refused(saved, "holds 2 dictionaries of tensors, under the keys model, ema/x", "--key");
    Path file = folder.resolve("made.pt");
    assertEquals(Set.of("a.b"), TorchFile.read(file, Optional.of("ema/x")).tensors().keySet());
    assertEquals(Set.of("fc.bias"), TorchFile.read(file, Optional.of("model")).tensors().keySet());
    String message =
        assertThrows(
                CheckpointException.class, () -> TorchFile.read(file, Optional.of("optimizer")))
            .getMessage();
    assertTrue(message.contains("under the key optimizer, expected one of model, ema/x"), message);
  }

  static Stream<Arguments> filesWithoutWeights() {
    return Stream.of(
        Arguments.of("holds the state of an optimiser,", optimiser()),
        Arguments.of(
            "holds a dictionary of optimizer (a dictionary), epoch (an integer),",
            "}" + entry("optimizer", optimiser()) + entry("epoch", "K\u0003")),
        Arguments.of(
            "holds a dictionary of 1 entries whose keys are no", "}K\0" + weights("a") + "s"),
        Arguments.of("holds a dictionary of loss (a tensor", "}" + entry("loss", loss())),
        Arguments.of("holds a list or tuple of 1 values,", "]" + TorchBytes.tensor() + "a"),
        Arguments.of("holds a tensor of the shape [3],", TorchBytes.tensor()),
        Arguments.of("holds an integer,", "K\u0003"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("filesWithoutWeights")
  void saysWhatAFileHoldsInPlaceOfWeights(String named, String saved) {
    refused(saved, named, "torch.save(model.state_dict(), path)");
  }

  private void refused(String saved, String... named) {
    String message = assertThrows(CheckpointException.class, () -> read(saved)).getMessage();
    for (String words : named) {
      assertTrue(message.contains(words), message);
    }
    assertFalse(message.contains("damaged"), message);
  }

  /** A module as torch.save(model, path) writes it: an object whose state has its parts. */
  @Test
  void callsAWholeModuleWhatItIs() {
    String inner = "ctorch.nn.modules.linear\nLinear\n)\u0081}" + entry("_modules", "}") + "b";
    String outer = "cown\nNet\n)\u0081}" + entry("_modules", "}" + entry("fc", inner)) + "b";
    refused(inner, "a whole module of the class torch.nn.modules.linear.Linear,");
    refused(outer, "torch.nn.modules.linear.Linear within an object of the class own.Net,");
    refused("}" + entry("model", outer), "within an object of the class own.Net,");
    refused(
        "cown\nNet\n)\u0081}" + entry("act", "ctorch.nn.functional\nrelu\n") + "b",
        "torch.nn.functional.relu within an object of the class own.Net,");
    refused(
        "cargparse\nNamespace\n)\u0081}" + entry("lr", "K\1") + "b",
        "an object of the class argparse.Namespace,");
  }

  @Test
  void callsATorchScriptProgramWhatItIs() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("made/data.pkl", TorchBytes.bytes("\u0080\u0002c__torch__\nNet\n)\u0081."));
    entries.put("made/code/__torch__.py", TorchBytes.bytes("class Net(Module):\n"));
    entries.put("made/constants.pkl", TorchBytes.bytes("\u0080\u0002)."));
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      Path file = TorchBytes.zip(folder, entries, method);
      String message =
          assertThrows(CheckpointException.class, () -> TorchFile.read(file)).getMessage();
      assertTrue(message.contains("is a TorchScript program"), message);
      assertTrue(message.contains("torch.jit.load(path).state_dict()"), message);
    }
  }

  static Stream<Arguments> foreignFiles() {
    return Stream.of(
        Arguments.of("a zip file with 0 entries */data.pkl among [a.npy]", "PK"),
        Arguments.of("a safetensors file", "\u0002\0\0\0\0\0\0\0{}"),
        Arguments.of("no PyTorch file but another pickle", "\u0080\u0002}."),
        Arguments.of("a tar archive", "x".repeat(257) + "ustar"),
        Arguments.of("compressed by gzip", "\u001f\u008b"),
        Arguments.of("an HDF5 file", "\u0089HDF\r\n"),
        Arguments.of("an array of NumPy", "\u0093NUMPY"),
        Arguments.of(
            "the pointer to a file that Git LFS",
            "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
        Arguments.of("a web page", "<!DOCTYPE html><title>Not found</title>"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreignFiles")
  void callsAFileOfAnotherFormatWhatItIs(String named, String bytes) throws IOException {
    Path file =
        bytes.equals("PK")
            ? TorchBytes.zip(folder, Map.of("a.npy", new byte[1]), ZipEntry.STORED)
            : Files.write(folder.resolve("made.pt"), TorchBytes.bytes(bytes));
    String message =
        assertThrows(CheckpointException.class, () -> TorchFile.read(file)).getMessage();
    assertTrue(message.contains("is " + named), message);
    assertFalse(message.contains("damaged"), message);
  }

  /** What {@code torch.load(weights_only=True)} admits beside tensors, and NumPy's numbers. */
  static Stream<Arguments> otherData() {
    String type = "cnumpy\ndtype\n(" + TorchBytes.text("f8") + "\u0089\u0088tR";
    String view =
        TorchBytes.storage("FloatStorage", "0", 3)
            + "K\0"
            + TorchBytes.tuple(3)
            + TorchBytes.tuple(1);
    return Stream.of(
        Arguments.of("size", "ctorch\nSize\n(K\u0001K\u0002t\u0085R"),
        Arguments.of("type of numbers", "ctorch\nfloat16\n"),
        Arguments.of("class of tensors", "ctorch.cuda\nFloatTensor\n"),
        Arguments.of("device", "ctorch\ndevice\n" + TorchBytes.text("cuda") + "K\0\u0086R"),
        Arguments.of(
            "layout",
            "ctorch.serialization\n_get_layout\n" + TorchBytes.text("torch.strided") + "\u0085R"),
        Arguments.of("counter", "ccollections\nCounter\n}K\u0001K\u0002s\u0085R"),
        Arguments.of("default dictionary", "ccollections\ndefaultdict\nc__builtin__\nint\n\u0085R"),
        Arguments.of("set", "c__builtin__\nset\n]K\1a\u0085R"),
        Arguments.of("frozen set", "c__builtin__\nfrozenset\n]\u0085R"),
        Arguments.of(
            "bytes",
            "c_codecs\nencode\n" + TorchBytes.text("a") + TorchBytes.text("latin1") + "\u0086R"),
        Arguments.of(
            "complex number", "c__builtin__\ncomplex\nG\0\0\0\0\0\0\0\0G\0\0\0\0\0\0\0\0\u0086R"),
        Arguments.of(
            "NumPy number",
            "cnumpy.core.multiarray\nscalar\n"
                + type
                + "(K\u0003"
                + TorchBytes.text("<")
                + "NNNKKK\0tbU\u000812345678\u0086R"),
        Arguments.of(
            "NumPy array",
            "cnumpy._core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085U\1btR"
                + "(K\1K\1\u0085"
                + type
                + "\u0089U\u000812345678tb"),
        Arguments.of(
            "parameter", "ctorch.nn.parameter\nParameter\n" + TorchBytes.tensor() + "\u0085R"),
        Arguments.of("sparse tensor", "ctorch._utils\n_rebuild_sparse_tensor\n" + "NN\u0086R"),
        Arguments.of(
            "tensor of an older PyTorch", "ctorch._utils\n_rebuild_tensor\n(" + view + "tR"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherData")
  void readsWeightsThatStandBesideOtherData(String what, String other) {
    TorchFile read = read("}" + entry("model", weights("fc.bias")) + entry("other", other));
    assertSame(Map.of("fc.bias", tensor(shape(3), 1, 2, 3)), read.tensors());
    assertEquals("model", read.key());
  }

  /** The tensor of the numbers 1, 2, 3 by the other functions of {@code torch._utils}. */
  static Stream<Arguments> tensors() {
    String call = "ctorch._utils\n_rebuild_tensor_v2\n";
    String arguments = TorchBytes.tensor().substring(call.length()).replaceFirst("R$", "");
    String view =
        "("
            + TorchBytes.storage("FloatStorage", "0", 3)
            + "K\0"
            + TorchBytes.tuple(3)
            + TorchBytes.tuple(1)
            + "t";
    return Stream.of(
        Arguments.of("ctorch._utils\n_rebuild_tensor\n" + view + "R"),
        Arguments.of("ctorch._utils\n_rebuild_parameter\n(" + TorchBytes.tensor() + "\u0088}tR"),
        Arguments.of(
            "ctorch._utils\n_rebuild_parameter_with_state\n(" + TorchBytes.tensor() + "\u0088}}tR"),
        Arguments.of(
            "ctorch.nn.parameter\nParameter\n" + TorchBytes.tensor() + "\u0088\u0086\u0081"),
        Arguments.of(
            "ctorch._tensor\n_rebuild_from_type_v2\n("
                + call
                + "ctorch\nTensor\n"
                + arguments
                + "}tR"),
        Arguments.of(
            "ctorch._utils\n_rebuild_device_tensor_from_cpu_tensor\n("
                + TorchBytes.tensor()
                + "ctorch\nfloat32\n"
                + TorchBytes.text("xla:0")
                + "\u0089tR"));
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void readsTensorsHoweverTheyAreRebuilt(String rebuilt) {
    TorchFile read = read("}" + entry("fc.bias", rebuilt));
    assertSame(Map.of("fc.bias", tensor(shape(3), 1, 2, 3)), read.tensors());
  }

  static Stream<Arguments> tensorsThatAreNotRead() {
    String storage = TorchBytes.storage("FloatStorage", "0", 3);
    String changed =
        TorchBytes.tensor().replace("}tR", "}}" + TorchBytes.text("neg") + "\u0088stR");
    return Stream.of(
        Arguments.of("a sparse tensor", "ctorch._utils\n_rebuild_sparse_tensor\nNN\u0086R"),
        Arguments.of("a quantized tensor", "ctorch._utils\n_rebuild_qtensor\n(" + storage + "tR"),
        Arguments.of(
            "a tensor of torch.float8_e5m2",
            "ctorch._utils\n_rebuild_tensor_v3\n("
                + TorchBytes.storage("ByteStorage", "0", 12)
                + "K\0))\u0089}ctorch\nfloat8_e5m2\ntR"),
        Arguments.of(
            "a tensor of torch.ComplexFloatStorage",
            TorchBytes.tensor(
                TorchBytes.storage("ComplexFloatStorage", "0", 1),
                0,
                TorchBytes.tuple(1),
                TorchBytes.tuple(1))),
        Arguments.of("negated tensor", changed));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tensorsThatAreNotRead")
  void namesATensorWhoseNumbersAreNotRead(String named, String tensor) {
    refused("}" + entry("fc.bias", tensor), "has for fc.bias", named);
  }

  @Test
  void readsTheNumbersOfABigEndianMachine() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("made/data.pkl", TorchBytes.bytes(TorchBytes.saved(TorchBytes.tensor())));
    entries.put("made/data/0", ByteBuffer.allocate(12).putFloat(1).putFloat(2).putFloat(3).array());
    entries.put("made/byteorder", TorchBytes.bytes("big"));
    Path zip = TorchBytes.zip(folder, entries, ZipEntry.STORED);
    assertSame(Map.of("a", tensor(shape(3), 1, 2, 3)), TorchFile.read(zip).tensors());
    // The format before 1.6 is little-endian on every machine.
    Path legacy =
        TorchBytes.legacy(
            folder,
            "\u0089",
            TorchBytes.saved(TorchBytes.tensor()),
            "\u0080\u0002]" + TorchBytes.text("0") + "a.",
            TorchBytes.legacyNumbers());
    assertSame(Map.of("a", tensor(shape(3), 1, 2, 3)), TorchFile.read(legacy).tensors());
  }

  /** Python 2 has no Unicode in strings, and makes an OrderedDict of a list of lists. */
  @Test
  void readsTheFilesOfPython2() {
    String tensor = TorchBytes.tensor().replaceAll("X(.)\0\0\0", "U$1");
    TorchFile read =
        read("ccollections\nOrderedDict\n]]U\u0007fc.bias" + "a" + tensor + "aa\u0085R}b");
    assertSame(Map.of("fc.bias", tensor(shape(3), 1, 2, 3)), read.tensors());
  }

  @Test
  void namesWhatIsNoWeight() {
    Path file =
        TorchBytes.zip(
            folder,
            "\u0080\u0002}("
                + TorchBytes.text("epoch")
                + "K\u0003"
                + TorchBytes.text("a")
                + TorchBytes.tensor()
                + "u.");
    assertEquals(List.of("epoch"), TorchFile.read(file).ignored());
  }

  /** As Python pickles by default since 3.8: frames, short strings, MEMOIZE and STACK_GLOBAL. */
  @Test
  void readsThePicklesOfLaterProtocols() {
    String tensor =
        TorchBytes.tensor()
            .replace(
                "ctorch._utils\n_rebuild_tensor_v2\n",
                "\u008c\u000ctorch._utils\u0094\u008c\u0012_rebuild_tensor_v2\u0094\u0093\u0094");
    String pickle =
        "\u0080\u0004\u0095\u00ff\0\0\0\0\0\0\0}\u0094\u008c\u0001a\u0094" + tensor + "s.";
    TorchFile read = TorchFile.read(TorchBytes.zip(folder, pickle));
    assertSame(Map.of("a", tensor(shape(3), 1, 2, 3)), read.tensors());
  }

  @Test
  void readsAFileOfTheFormatBefore16MadeByHand() {
    Path file =
        TorchBytes.legacy(
            folder,
            TorchBytes.saved(TorchBytes.tensor()),
            "\u0080\u0002]" + TorchBytes.text("0") + "a.",
            TorchBytes.legacyNumbers());
    assertSame(Map.of("a", tensor(shape(3), 1, 2, 3)), TorchFile.read(file).tensors());
  }

  @Test
  void saysThatAFileIsAbsent() {
    Path absent = folder.resolve("absent.pt");
    String message =
        assertThrows(CheckpointException.class, () -> TorchFile.read(absent)).getMessage();
    assertTrue(message.contains(absent.toString()) && message.contains("check the path"), message);
  }
}
