package io.github.posteriori.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Checkpoints that were written when the networks lay in another package still load. */
class FormerPackageTest {
  private static final String PRESENT = "io.github.posteriori.models.";
  private static final String FORMER = "io.github.posteriori.examples.models.";

  @TempDir Path folder;

  private final BayesLeNetModule module =
      BayesLeNetModule.create(1, 10, ModuleOptions.defaults().withSeed(7));

  /** A file with the definition's former name, and no checksum, which would not fit any more. */
  private Path former() throws IOException {
    Path file = folder.resolve("former.safetensors");
    module.save(file);
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) content.getLong()];
    content.get(header);
    byte[] tensors = new byte[content.remaining()];
    content.get(tensors);
    byte[] renamed =
        new String(header, StandardCharsets.UTF_8)
            .replace(PRESENT, FORMER)
            .replaceFirst(",\"posteriori.crc32c\":\"[0-9a-f]{8}\"", "")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(
        file,
        ByteBuffer.allocate(Long.BYTES + renamed.length + tensors.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(renamed.length)
            .put(renamed)
            .put(tensors)
            .array());
    return file;
  }

  private static String header(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  @Test
  void theyBringBackTheSameWeights() throws IOException {
    INDArray images = Nd4j.rand(2, 1, 32, 32);
    BayesLeNetModule loaded = BayesLeNetModule.load(former());
    assertEquals(module.forward(images).logits(), loaded.forward(images).logits());
    assertEquals(module.kl(), loaded.kl());
  }

  @Test
  void theyAreKnownUnderThePresentName() throws IOException {
    assertEquals(PRESENT + "BayesLeNet", Checkpoint.read(former()).definition());
  }

  @Test
  void whatIsSavedAgainNamesThePresentPackage() throws IOException {
    Path saved = folder.resolve("again.safetensors");
    BayesLeNetModule.load(former()).save(saved);
    Path fresh = folder.resolve("fresh.safetensors");
    module.save(fresh);
    assertEquals(-1, header(saved).indexOf(FORMER));
    assertEquals(header(fresh), header(saved));
  }
}
