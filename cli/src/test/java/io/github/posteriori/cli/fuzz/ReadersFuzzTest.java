package io.github.posteriori.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.TorchFile;
import io.github.posteriori.data.CifarFolder;
import io.github.posteriori.data.DataException;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.MnistFolder;
import io.github.posteriori.data.NumpyFile;
import io.github.posteriori.data.Part;
import io.github.posteriori.data.Picture;
import io.github.posteriori.data.Table;
import io.github.posteriori.data.TableColumns;
import io.github.posteriori.layers.Shape;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader of files that others may have written, through its public face. {@code
 * ConfigFileFuzzTest} has the one for settings.
 */
class ReadersFuzzTest {
  private static final int ALL = Integer.MAX_VALUE;
  private static final int RECORD = 3073;
  private static final byte[] TWO_RECORDS = new byte[2 * RECORD];

  @TempDir static Path folder;

  @ParameterizedTest
  @MethodSource("dataSets")
  @MethodSource("tables")
  @MethodSource("checkpoints")
  void readsOrRefusesWhateverTheBytes(FuzzTarget target) {
    Fuzzer.run(target);
  }

  static Stream<FuzzTarget> dataSets() throws IOException {
    byte[] images = ValidFiles.idx(new byte[60], 3, 5, 4);
    byte[] labels = ValidFiles.idx(new byte[] {0, 9, 4}, 3);
    byte[] tar = ValidFiles.tar("cifar-10-batches-bin/test_batch.bin", TWO_RECORDS);
    byte[] png = ValidFiles.picture("png");
    List<byte[]> pictures =
        Stream.of("png", "jpg", "gif", "bmp", "tiff").map(ValidFiles::picture).toList();
    return Stream.of(
        mnist("IDX images", "t10k-images-idx3-ubyte", images, labels),
        mnist("IDX labels", "t10k-labels-idx1-ubyte", labels, images),
        mnist("IDX in gzip", "t10k-images-idx3-ubyte", ValidFiles.gzip(images), labels),
        cifar("CIFAR-10 records", "cifar-10-batches-bin/test_batch.bin", TWO_RECORDS),
        cifar("CIFAR-100 records", "cifar-100-binary/test.bin", new byte[2 * RECORD + 2]),
        cifar("CIFAR-10 pickles", "cifar-10-batches-py/test_batch", ValidFiles.cifarPickle()),
        cifar("tar.gz", "cifar-10-binary.tar.gz", ValidFiles.gzip(tar)),
        cifar("tar in gzip", "cifar-10-binary.tar.gz", tar).packedBy(ValidFiles::gzip),
        cifar("tar in gzip, checksum right", "cifar-10-binary.tar.gz", tar)
            .packedBy(bytes -> ValidFiles.gzip(ValidFiles.withTarChecksum(bytes))),
        picture("pictures", pictures),
        picture("PNG, checksums right", List.of(png)).packedBy(ValidFiles::withPngChecksums));
  }

  private static FuzzTarget mnist(String name, String fuzzed, byte[] whole, byte[] other)
      throws IOException {
    Path data = folder.resolve(name);
    Path set = Files.createDirectories(data.resolve("MNIST"));
    String beside = fuzzed.contains("images") ? "t10k-labels-idx1-ubyte" : "t10k-images-idx3-ubyte";
    Files.write(set.resolve(beside), other);
    return dataSet(name, set.resolve(fuzzed), whole, () -> MnistFolder.MNIST.read(data, Part.TEST))
        // A wrong number of labels is reported beside the images.
        .naming("t10k-");
  }

  private static FuzzTarget cifar(String name, String fuzzed, byte[] whole) throws IOException {
    Path data = folder.resolve(name);
    Path file = data.resolve(fuzzed);
    Files.createDirectories(file.getParent());
    CifarFolder set = fuzzed.contains("100") ? CifarFolder.CIFAR_100 : CifarFolder.CIFAR_10;
    return dataSet(name, file, whole, () -> set.read(data, Part.TEST));
  }

  private static FuzzTarget dataSet(
      String name, Path file, byte[] whole, Supplier<Dataset> reading) {
    return new FuzzTarget(
        name, file, List.of(whole), 512, DataException.class, () -> check(reading.get()));
  }

  private static void check(Dataset set) {
    float[] pixels = new float[set.shape().size()];
    for (int i = 0; i < set.size(); i++) {
      assertTrue(set.label(i) >= 0 && set.label(i) < set.classes(), "label " + set.label(i));
      set.image(i, pixels, 0);
      if (set.shape() instanceof Shape.Image image && image.height() > 1) {
        check(pixels);
      } else {
        checkFinite(pixels);
      }
    }
  }

  private static FuzzTarget picture(String name, List<byte[]> whole) {
    Path file = folder.resolve(name);
    return new FuzzTarget(
        name,
        file,
        whole,
        128,
        DataException.class,
        () -> check(Picture.read(file, Shape.image(3, 6, 6))));
  }

  static Stream<FuzzTarget> tables() {
    String rows =
        "id,width,colour,kind\n1,2.5,red,apple\n2,1.5,\"dark, blue\",plum\n3,,red,apple\n";
    Path csv = folder.resolve("fruits.csv");
    TableColumns columns = new TableColumns("kind");
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("x_train.npy", ValidFiles.npy("<f4", "(2, 3)", new byte[24]));
    arrays.put("y_train.npy", ValidFiles.npy("|u1", "(2,)", new byte[] {0, 1}));
    return Stream.of(
        dataSet("CSV", csv, rows.getBytes(StandardCharsets.UTF_8), () -> Table.read(csv, columns)),
        arrays("arrays in npz", ValidFiles.zip(arrays)),
        arrays("images in npz", arrays.get("x_train.npy"))
            .packedBy(bytes -> ValidFiles.zip(with(arrays, "x_train.npy", bytes))),
        arrays("labels in npz", arrays.get("y_train.npy"))
            .packedBy(bytes -> ValidFiles.zip(with(arrays, "y_train.npy", bytes))));
  }

  private static FuzzTarget arrays(String name, byte[] whole) {
    Path file = folder.resolve(name + ".npz");
    return dataSet(name, file, whole, () -> NumpyFile.open(file).train());
  }

  private static Map<String, byte[]> with(Map<String, byte[]> entries, String name, byte[] bytes) {
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    changed.put(name, bytes);
    return changed;
  }

  private static void check(float[] pixels) {
    for (float pixel : pixels) {
      assertTrue(pixel >= 0 && pixel <= 1, () -> "pixel " + pixel);
    }
  }

  private static void checkFinite(float[] numbers) {
    for (float number : numbers) {
      assertTrue(Float.isFinite(number), () -> "number " + number);
    }
  }

  static Stream<FuzzTarget> checkpoints() throws IOException {
    byte[] module = module();
    byte[] foreign = withoutChecksum(module);
    Map<String, byte[]> torch = torch();
    byte[] pickle = torch.get("archive/data.pkl");
    byte[] legacy = ValidFiles.legacyTorch(pickle, 1, 2, 3);
    return Stream.of(
        modules("module", module),
        modules("module without checksum", foreign),
        torch("PyTorch zip", ValidFiles.zip(torch)),
        torch("pickle in zip", pickle)
            .packedBy(
                bytes -> {
                  torch.put("archive/data.pkl", bytes);
                  return ValidFiles.zip(torch);
                }),
        torch("PyTorch before 1.6", legacy));
  }

  private static FuzzTarget modules(String name, byte[] whole) {
    Path file = folder.resolve(name);
    int header = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new FuzzTarget(
        name,
        file,
        List.of(whole),
        header,
        CheckpointException.class,
        () -> TinyNetModule.load(file));
  }

  private static byte[] module() throws IOException {
    Path file = folder.resolve("saved.safetensors");
    TinyNetModule.create(3, ModuleOptions.defaults()).save(file);
    return Files.readAllBytes(file);
  }

  /** The same file from a program that knows of no checksum; its header is as long as before. */
  private static byte[] withoutChecksum(byte[] module) {
    String text = new String(module, StandardCharsets.ISO_8859_1);
    String without = text.replaceFirst(",\"posteriori.crc32c\":\"[0-9a-f]{8}\"", " ".repeat(31));
    assertEquals(text.length(), without.length(), "the entry is of another length");
    return without.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static FuzzTarget torch(String name, byte[] whole) {
    Path file = folder.resolve(name);
    return new FuzzTarget(
        name,
        file,
        List.of(whole),
        ALL,
        CheckpointException.class,
        () -> TorchFile.read(file).tensors().values().forEach(ReadersFuzzTest::check));
  }

  private static void check(Tensor tensor) {
    assertEquals(Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b), tensor.values().length);
  }

  /** The entries of a file that the library writes for PyTorch. */
  private static Map<String, byte[]> torch() throws IOException {
    Path file = folder.resolve("saved.pt");
    TorchFile.write(Map.of("fc.bias", new Tensor(new long[] {3}, new float[] {1, 2, 3})), file);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }
}
