package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.cli.Loaded;
import io.github.posteriori.cli.Outcome;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Part;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of a network of a user's own that is stopped between two epochs. */
class StoppedOwnNetworkTest {
  private static final String NET =
      """
      import io.github.posteriori.*;
      import io.github.posteriori.annotations.*;

      @BayesModel(channels = Dim.FREE, height = 28, width = 28)
      class Net {
        @AvgPool(kernel = 4)            Layer pool;
        @Flatten                        Layer flatten;
        @BayesLinear(out = Dim.FREE)    Layer fc;
      }
      """;

  @TempDir Path folder;

  private static Dataset digits(Part part) {
    return ShippedSet.named("digits").read(Path.of("data"), part).limit(150);
  }

  @Test
  void endsWithTheBytesOfOneThatWasNeverStopped() throws IOException {
    Path source = Files.writeString(folder.resolve("Net.java"), NET);
    Path whole = folder.resolve("whole");
    Outcome trained =
        Outcome.of(
            "train",
            "--net",
            source.toString(),
            "--limit",
            "150",
            "--epochs",
            "2",
            "--out",
            whole.toString());
    assertEquals(0, trained.code(), trained.err());

    RunConfig config = SavedRun.config(whole.resolve("config.json"));
    Definition net =
        Loaded.networks().find(whole.resolve("Net.java").toString(), Optional.empty(), false);
    TrainingRun run =
        TrainingRun.begin(config, net, new RunData(digits(Part.TRAIN), digits(Part.TEST)));
    RunFolder stopped = RunFolder.start(folder.resolve("stopped"), config, net.source(), false);
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            throw new IllegalStateException("stopped after epoch " + report.epoch());
          }
        };
    assertThrows(IllegalStateException.class, () -> run.run(stopped, stop, Exchanges.here()));

    Files.delete(source);
    Outcome resumed = Outcome.of("train", "--resume", "--out", stopped.path().toString());
    assertEquals(0, resumed.code(), resumed.err());
    for (String file : List.of("best.safetensors", "last.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)),
          Files.readAllBytes(stopped.path().resolve(file)),
          file);
    }
  }
}
