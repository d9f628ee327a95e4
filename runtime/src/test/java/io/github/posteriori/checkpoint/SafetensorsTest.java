package io.github.posteriori.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

class SafetensorsTest {
  @TempDir Path folder;

  private Path written() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a.W_mu", new Tensor(new long[] {2, 3}, new float[] {1, -2, 3.5f, 0, 1e-30f, 6}));
    tensors.put("a.bias_mu", new Tensor(new long[] {1}, new float[] {7}));
    Path file = folder.resolve("a.safetensors");
    new Safetensors(Map.of("who", "Zoë \"quoted\""), tensors).write(file);
    return file;
  }

  private Path file(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, dataBytes);
  }

  private Path file(long claimedLength, byte[] json, int dataBytes) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(claimedLength).put(json);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  @Test
  void readsWhatItWrites() {
    Safetensors read = Safetensors.read(written());
    assertEquals(Map.of("who", "Zoë \"quoted\""), read.metadata());
    assertEquals(List.of("a.W_mu", "a.bias_mu"), List.copyOf(read.tensors().keySet()));
    assertArrayEquals(new long[] {2, 3}, read.tensors().get("a.W_mu").shape());
    assertArrayEquals(
        new float[] {1, -2, 3.5f, 0, 1e-30f, 6}, read.tensors().get("a.W_mu").values());
  }

  @Test
  void laysOutBytesAsTheFormatSays() throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(written())).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) bytes.getLong();
    assertEquals(0, (8 + header) % 8);
    assertEquals(8 + header + 28, bytes.limit());
    String json = new String(bytes.array(), 8, header, StandardCharsets.UTF_8);
    assertTrue(
        json.contains("\"a.bias_mu\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}"),
        json);
    assertEquals(3.5f, bytes.getFloat(8 + header + 8));
  }

  @Test
  void readsAHeaderThatListsTensorsInAnotherOrderThanTheirBytes() throws IOException {
    String b = "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}";
    String a = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    Safetensors read = Safetensors.read(file("{" + b + "," + a + "}", 8));
    assertEquals(List.of("a", "b"), List.copyOf(read.tensors().keySet()));
  }

  @Test
  void leavesNoTemporaryFileBehind() throws IOException {
    written();
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void refusesAFileCutShortAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
      assertThrows(
          CheckpointException.class, () -> Safetensors.read(cut), "cut to " + length + " bytes");
    }
  }

  @Test
  void refusesBytesBehindTheLastTensor() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path longer =
        Files.write(folder.resolve("longer.safetensors"), Arrays.copyOf(whole, whole.length + 4));
    assertThrows(CheckpointException.class, () -> Safetensors.read(longer));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, 1L << 60, 200_000_000})
  void refusesAHeaderLengthThatCannotBe(long length) throws IOException {
    Path file = file(length, "{}".getBytes(StandardCharsets.UTF_8), 0);
    CheckpointException refusal = Bounded.refusal(() -> Safetensors.read(file));
    assertTrue(refusal.getMessage().contains(Long.toUnsignedString(length)), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{} {}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F128\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}",
        "{\"a\":7}",
        " {\"a\":7",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":32,\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[5,9]}}",
        "{\"__metadata__\":7,\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":{},\"__metadata__\":{},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":{\"a\":{}},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
      })
  void refusesAHeaderThatDoesNotDescribeItsFile(String header) throws IOException {
    Path file = file(header, 8);
    Bounded.refusal(() -> Safetensors.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[],", "{\"a\":{}},", "\"\\u0041", "0,", "99999999999,"})
  void refusesAHeaderThatGrowsWhenParsed(String part) throws IOException {
    for (int length : new int[] {1_900_000, 90_000_000}) {
      Path file = file("[" + part.repeat(length / part.length()), 8);
      Bounded.refusal(() -> Safetensors.read(file));
    }
  }

  @Test
  void refusesMoreTensorsThanAHeaderMayList() throws IOException {
    StringBuilder header = new StringBuilder("{");
    String empty = "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},";
    for (int i = 0; i < 60_000; i++) {
      header.append("\"").append(i).append(empty);
    }
    Path file = file(header.append("\"\":{}}").toString(), 8);
    Bounded.refusal(() -> Safetensors.read(file));
  }

  @Test
  void refusesWeightsThatAreNoNumbers() {
    Path file = folder.resolve("nan.safetensors");
    new Safetensors(Map.of(), Map.of("a", new Tensor(new long[] {1}, new float[] {Float.NaN})))
        .write(file);
    CheckpointException refusal =
        assertThrows(CheckpointException.class, () -> Safetensors.read(file));
    assertTrue(refusal.getMessage().contains("tensor a holds NaN"), refusal.getMessage());
  }

  @Test
  void noticesEachFlippedBitThatChangesWhatItReads() throws IOException {
    Safetensors whole = Safetensors.read(written());
    byte[] bytes = Files.readAllBytes(written());
    int data = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Path file = folder.resolve("flipped.safetensors");
    int harmless = 0;
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      // Some file systems wait for the disk where a file is cut to nothing and written again.
      Files.deleteIfExists(file);
      Files.write(file, flipped);
      try {
        Safetensors read = Safetensors.read(file);
        // Such as a bit in the checksum's own name; then nothing else is wrong.
        read.metadata().keySet().retainAll(whole.metadata().keySet());
        assertEquals(checksum(whole), checksum(read), "bit " + bit);
        assertTrue(bit / 8 < data, "bit " + bit + " of a tensor");
        harmless++;
      } catch (CheckpointException e) {
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
      }
    }
    assertTrue(harmless < 200, harmless + " bits make no difference");
  }

  @Test
  void readsTheSameContentsInAnotherOrder() {
    Safetensors whole = Safetensors.read(written());
    Map<String, Tensor> turned = new LinkedHashMap<>();
    turned.put("a.bias_mu", whole.tensors().get("a.bias_mu"));
    turned.put("a.W_mu", whole.tensors().get("a.W_mu"));
    assertEquals(checksum(whole), checksum(new Safetensors(whole.metadata(), turned)));
  }

  private static String checksum(Safetensors content) {
    return Checksum.added(content.metadata(), content.tensors()).get(Checksum.KEY);
  }

  @Test
  void readsFilesThatStateNoChecksum() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    byte[] foreign =
        text.replace(Checksum.KEY + "\"", "x".repeat(Checksum.KEY.length()) + "\"")
            .getBytes(StandardCharsets.ISO_8859_1);
    foreign[foreign.length - 4] ^= 1;
    Path file = Files.write(folder.resolve("foreign.safetensors"), foreign);
    assertEquals(7, Safetensors.read(file).tensors().get("a.bias_mu").values()[0], 1e-5f);
  }

  /** 1.5 and -2 in every type of weights, and 3 in every type of counters. */
  @Test
  void readsEveryTypeOfNumbers() throws IOException {
    Map<String, byte[]> weights = new LinkedHashMap<>();
    weights.put("F64", bytes(16).putDouble(1.5).putDouble(-2).array());
    weights.put("F32", bytes(8).putFloat(1.5f).putFloat(-2).array());
    weights.put("F16", bytes(4).putShort((short) 0x3e00).putShort((short) 0xc000).array());
    weights.put("BF16", bytes(4).putShort((short) 0x3fc0).putShort((short) 0xc000).array());
    Map<String, Integer> counters = new LinkedHashMap<>();
    counters.putAll(Map.of("I64", 8, "I32", 4, "I16", 2, "I8", 1));
    counters.putAll(Map.of("U64", 8, "U32", 4, "U16", 2, "U8", 1, "BOOL", 1));
    SafetensorsBytes file = new SafetensorsBytes();
    weights.forEach((type, numbers) -> file.tensor(type, type, new long[] {2}, numbers));
    counters.forEach((type, size) -> file.tensor(type, type, new long[] {}, new byte[size]));
    Safetensors read = Safetensors.read(file.write(folder.resolve("types.safetensors")));
    assertEquals(weights.keySet(), read.tensors().keySet());
    read.tensors().values().forEach(w -> assertArrayEquals(new float[] {1.5f, -2}, w.values()));
    assertEquals(List.copyOf(counters.keySet()), read.ignored());
  }

  private static ByteBuffer bytes(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void namesATypeThatItDoesNotKnow() throws IOException {
    Path file =
        new SafetensorsBytes()
            .tensor("a", "F8_E4M3", new long[] {1}, new byte[1])
            .write(folder.resolve("f8.safetensors"));
    String message = Bounded.refusal(() -> Safetensors.read(file)).getMessage();
    assertTrue(message.contains("tensor a of the type 'F8_E4M3', expected one of"), message);
    assertFalse(message.contains("damaged"), message);
  }

  @Test
  void readsScalarsEmptyTensorsSpacesBehindTheHeaderAndNoMetadata() throws IOException {
    String header =
        "{\"__metadata__\":null,\"n\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[4,4]},"
            + "\"x\":{\"more\":[{}],\"data_offsets\":[0,4],\"shape\":[],\"dtype\":\"F32\"}}   ";
    Safetensors read = Safetensors.read(file(header, 4));
    assertArrayEquals(new long[] {}, read.tensors().get("x").shape());
    assertArrayEquals(new float[] {0}, read.tensors().get("x").values());
    assertArrayEquals(new long[] {0, 3}, read.tensors().get("n").shape());
    assertEquals(Map.of(), read.metadata());
  }

  @Test
  void readsAsLongAHeaderAsTheFormatAllows() throws IOException {
    String note = "x".repeat(60_000_000);
    Path file =
        new SafetensorsBytes()
            .metadata(Map.of("workflow", note))
            .tensor("a", "F32", new long[] {1}, new byte[4])
            .write(folder.resolve("long.safetensors"));
    assertEquals(note, Safetensors.read(file).metadata().get("workflow"));
  }

  /** What another program writes that reads the tensors and metadata and adds to the latter. */
  @Test
  void acceptsMetadataThatAnotherProgramAdds() throws IOException {
    Map<String, String> added = new LinkedHashMap<>(checked(written()));
    added.put("format", "pt");
    Safetensors whole = Safetensors.read(written());
    Path file =
        new SafetensorsBytes()
            .metadata(added)
            .doubles(whole.tensors())
            .write(folder.resolve("added.safetensors"));
    assertEquals(
        Map.of("who", "Zoë \"quoted\"", "format", "pt"), Safetensors.read(file).metadata());
    added.put("who", "Zoe");
    Path changed = new SafetensorsBytes().metadata(added).doubles(whole.tensors()).write(file);
    assertThrows(CheckpointException.class, () -> Safetensors.read(changed));
  }

  /** The metadata of a file with its checksum. */
  private static Map<String, String> checked(Path file) {
    Safetensors content = Safetensors.read(file);
    return Checksum.added(content.metadata(), content.tensors());
  }

  /** In version 0.1 the checksum did not say what it covered. */
  @Test
  void verifiesTheFilesOfVersion01() throws IOException {
    Map<String, Tensor> tensors = Map.of("a", new Tensor(new long[] {1}, new float[] {0.75f}));
    Map<String, String> metadata = new LinkedHashMap<>(Map.of("posteriori", "1", "options", "{}"));
    metadata.put("posteriori.crc32c", "5cb46e2d");
    Path file = folder.resolve("old.safetensors");
    new SafetensorsBytes().metadata(metadata).doubles(tensors).write(file);
    assertEquals(2, Safetensors.read(file).metadata().size());
    metadata.put("format", "pt");
    new SafetensorsBytes().metadata(metadata).doubles(tensors).write(file);
    assertEquals("pt", Safetensors.read(file).metadata().get("format"));
    metadata.put("options", "[]");
    new SafetensorsBytes().metadata(metadata).doubles(tensors).write(file);
    assertThrows(CheckpointException.class, () -> Safetensors.read(file));
  }

  /** Rounded to fewer bits the numbers are others, and no checksum knows which. */
  @Test
  void readsRoundedNumbersBesideTheirFormerChecksum() throws IOException {
    Safetensors whole = Safetensors.read(written());
    Path file =
        new SafetensorsBytes()
            .metadata(checked(written()))
            .halves(whole.tensors())
            .write(folder.resolve("rounded.safetensors"));
    float[] read = Safetensors.read(file).tensors().get("a.W_mu").values();
    assertArrayEquals(new float[] {1, -2, 3.5f, 0, 1e-30f, 6}, read, 0.01f);
  }

  @Test
  void callsAFileOfAnotherFormatWhatItIs() throws IOException {
    for (String[] start :
        new String[][] {
          {"PK\u0003\u0004", "a zip file, as PyTorch writes it"},
          {"\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9", "a pickle, as PyTorch before 1.6"},
          {"<html>", "a web page"},
        }) {
      Path file =
          Files.write(
              folder.resolve("foreign.safetensors"),
              start[0].getBytes(StandardCharsets.ISO_8859_1));
      String message = Bounded.refusal(() -> Safetensors.read(file)).getMessage();
      assertTrue(message.contains("is " + start[1]), message);
      assertFalse(message.contains("damaged"), message);
    }
  }

  @Test
  void saysWhichFolderCannotBeWritten() {
    Path file = folder.resolve("absent").resolve("a.safetensors");
    CheckpointException refusal =
        assertThrows(
            CheckpointException.class, () -> new Safetensors(Map.of(), Map.of()).write(file));
    assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
  }
}
