package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A network that knows drawn digits a little, trained once for all tests. */
final class TrainedDigits {
  private static final Path CHECKPOINT = train();

  private TrainedDigits() {}

  static Path checkpoint() {
    return CHECKPOINT;
  }

  private static Path train() {
    try {
      Path folder = Files.createTempDirectory("digits");
      Outcome trained =
          Outcome.of(
              "train",
              "--limit",
              "3000",
              "--epochs",
              "4",
              "--batch",
              "32",
              "--overwrite",
              "--out",
              folder.toString());
      assertEquals(0, trained.code(), trained.err());
      folder.toFile().deleteOnExit();
      for (String file : List.of("config.json", "metrics.csv", "curves.png", "best.safetensors")) {
        folder.resolve(file).toFile().deleteOnExit();
      }
      return folder.resolve("best.safetensors");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
