package io.github.posteriori.checkpoint.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model_state_dict", "model"})
  void unwrapsWeightsThatStandBesideOtherThings(String key) {
    Path file =
        TorchBytes.zip(
            folder,
            "\u0080\u0002}("
                + TorchBytes.text("epoch")
                + "K\u0003"
                + TorchBytes.text(key)
                + "}"
                + TorchBytes.text("a")
                + TorchBytes.tensor()
                + "su.");
    assertEquals(List.of("a"), List.copyOf(TorchFile.read(file).tensors().keySet()));
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
