package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user with few pictures gets without stating how to train. */
class FewPicturesTest {
  private static final String NET =
      """
      import io.github.posteriori.*;
      import io.github.posteriori.annotations.*;
      import io.github.posteriori.layers.*;

      @BayesModel(channels = 1, height = 28, width = 28)
      class Net {
        @BayesConv(out = 8, kernel = 5, stride = 2, prior = @Prior(sigma = Prior.HE)) Layer conv;
        @Activate(Activation.RELU) Layer act;
        @MaxPool(kernel = 2) Layer pool;
        @Flatten Layer flatten;
        @BayesLinear(out = 10, prior = @Prior(sigma = Prior.HE)) Layer fc;
      }
      """;

  @TempDir private Path folder;

  @Test
  void aHundredDigitsTeachMoreThanAHandfulOfStepsCould() throws IOException {
    Path net = Files.writeString(folder.resolve("Net.java"), NET);
    Outcome trained = Runs.train("--limit 100 --json --net " + net, folder.resolve("run"));
    assertEquals(0, trained.code(), trained.err());
    assertTrue(
        trained.err().contains("epochs 334, steps 6 in each, 16 images of a step"), trained.err());
    double accuracy = trained.json().get("test_accuracy").asDouble();
    assertTrue(accuracy >= 0.5, "guessing gives 0.1, this " + accuracy);
  }
}
