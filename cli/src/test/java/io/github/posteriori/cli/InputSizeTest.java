package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.models.BayesSignalNetModule;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of other sizes than the data sets have. */
class InputSizeTest {
  private static final String REFUSED =
      "the network takes signals [1, 1, 1024], but digits has images [1, 32, 32], and one cannot be"
          + " resized to the other: choose another net, or train it on its own kind of data in a"
          + " program";

  @TempDir private Path folder;

  @Test
  void everyCommandResizesASetToWhatTheNetworkTakes() throws IOException {
    String run = folder.resolve("run").toString();
    Outcome trained =
        Outcome.of(
            "train", "--net", "mlp", "--limit", "60", "--epochs", "1", "--out", run, "--json");
    assertEquals(0, trained.code(), trained.err());
    String checkpoint = trained.json().get("checkpoint").asText();

    Outcome resumed =
        Outcome.of(
            "train", "--net", "mlp", "--limit", "60", "--epochs", "1", "--out", run, "--resume");
    assertEquals(0, resumed.code(), resumed.err());
    for (String[] command :
        new String[][] {
          {"evaluate", "--limit", "20", "--checkpoint", checkpoint},
          {"uncertainty", "--limit", "20", "--samples", "2", "--checkpoint", checkpoint},
          {"report", "--limit", "20", "--samples", "2", run}
        }) {
      Outcome outcome = Outcome.of(command);
      assertEquals(0, outcome.code(), command[0] + ": " + outcome.err());
    }
  }

  @Test
  void expertsOfAMixtureResizeTheSetTheyShare() {
    Outcome mixture =
        Outcome.of(
            "mixture",
            "--net",
            "mlp",
            "--dataset",
            "digits",
            "--limit",
            "40",
            "--epochs",
            "1",
            "--samples",
            "1",
            "--out",
            folder.resolve("experts").toString());
    assertEquals(0, mixture.code(), mixture.err());
  }

  @Test
  void aNetworkOfSignalsLearnsFromNoPictures() {
    Path run = folder.resolve("run");
    Outcome refused =
        Outcome.of("train", "--net", "signal", "--limit", "20", "--out", run.toString());
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains(REFUSED), refused.err());
    assertTrue(Files.notExists(run));
  }

  @Test
  void aNetworkOfSignalsIsMeasuredOnNoPictures() throws IOException {
    String checkpoint = folder.resolve("signal.safetensors").toString();
    BayesSignalNetModule.create(1, 10).save(Path.of(checkpoint));
    Path picture = folder.resolve("picture.png");
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());

    Outcome evaluated =
        Outcome.of("evaluate", "--dataset", "digits", "--checkpoint", checkpoint, "--limit", "20");
    assertEquals(2, evaluated.code(), evaluated.err());
    assertTrue(evaluated.err().contains(REFUSED), evaluated.err());
    Outcome predicted = Outcome.of("predict", "--checkpoint", checkpoint, picture.toString());
    assertEquals(1, predicted.code(), predicted.err());
    assertTrue(
        predicted
            .err()
            .contains(
                "picture.png: found a file of another kind, expected a .csv or .npz file, for the"
                    + " network takes signals [1, 1, 1024]"),
        predicted.err());
  }
}
