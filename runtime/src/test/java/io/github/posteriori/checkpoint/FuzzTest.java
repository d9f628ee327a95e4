package io.github.posteriori.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.checkpoint.torch.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files with bits flipped and ends cut off: read, or refused, and nothing else. */
class FuzzTest {
  private static final int ROUNDS = 1000;

  @TempDir Path folder;

  private void survives(byte[] whole, Consumer<Path> read) throws IOException {
    Path file = folder.resolve("damaged");
    Random random = new Random(20240229);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes =
          random.nextInt(4) == 0
              ? Arrays.copyOf(whole, random.nextInt(whole.length))
              : whole.clone();
      for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      // Some file systems wait for the disk where a file is cut to nothing and written again.
      Files.deleteIfExists(file);
      Files.write(file, bytes);
      if (Bounded.refusalOrNull(() -> read.accept(file)) != null) {
        refused++;
      }
    }
    assertTrue(refused > ROUNDS / 4, refused + " were refused: the damage does nothing");
    assertTrue(refused < ROUNDS, "all were refused: the whole file is damaged, too");
  }

  private static byte[] resource(String name) throws IOException {
    try (var stream = FuzzTest.class.getResourceAsStream("/torch/" + name)) {
      return stream.readAllBytes();
    }
  }

  @Test
  void damagedZipFilesOfPyTorch() throws IOException {
    survives(resource("values.pt"), TorchFile::read);
  }

  @Test
  void damagedLegacyFilesOfPyTorch() throws IOException {
    survives(resource("values-legacy.pt"), TorchFile::read);
  }

  @Test
  void damagedFilesOfOurOwn() throws IOException {
    Path saved = folder.resolve("saved.pt");
    TorchFile.write(Map.of("a", new Tensor(new long[] {2}, new float[] {1, 2})), saved);
    survives(Files.readAllBytes(saved), TorchFile::read);
  }

  @Test
  void damagedSafetensors() throws IOException {
    Path saved = folder.resolve("saved.safetensors");
    Map<String, Tensor> tensors = Map.of("a", new Tensor(new long[] {2}, new float[] {1, 2}));
    new Safetensors(Map.of("key", "value"), tensors).write(saved);
    survives(Files.readAllBytes(saved), Safetensors::read);
  }

  @Test
  void damagedModules() throws IOException {
    Path saved = folder.resolve("saved.safetensors");
    Chain.small(ModuleOptions.defaults(), 3).save(saved);
    byte[] whole = Files.readAllBytes(saved);
    survives(
        whole,
        file ->
            Checkpoint.load(file, Chain.DEFINITION, (free, options) -> Chain.small(options, 3)));
  }
}
