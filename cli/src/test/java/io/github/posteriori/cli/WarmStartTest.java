package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --from}: a Bayesian network that starts from a frequentist one. */
class WarmStartTest {
  @TempDir private static Path shared;
  private static String frequentist;

  @TempDir private Path folder;

  @BeforeAll
  static void trainFrequentist() {
    Path run = shared.resolve("frequentist");
    Outcome trained = train(run, 600, "--kind", "frequentist", "--epochs", "6");
    assertEquals(0, trained.code(), trained.err());
    frequentist = run.resolve("best.safetensors").toString();
  }

  private static Outcome train(Path out, String... options) {
    return train(out, 300, options);
  }

  private static Outcome train(Path run, int limit, String... options) {
    return Runs.train("--batch 50 --limit " + limit, run, options);
  }

  @Test
  void aRunThatStartsFromTrainedWeightsIsGoodAtOnceAndSaysWhatItTook() throws IOException {
    Path out = folder.resolve("run");
    Outcome trained =
        train(out, "--from", frequentist, "--moped", "0.05", "--epochs", "1", "--lr", "1e-6");
    assertEquals(0, trained.code(), trained.err());
    assertTrue(
        trained.err().contains("from " + frequentist + ": conv1, conv2, fc1, fc2, fc3"),
        trained.err());
    JsonNode config = Runs.config(out);
    assertEquals(frequentist, config.get("from").asText());
    assertEquals(0.05, config.get("moped").asDouble());
    Outcome anew = train(folder.resolve("anew"), "--epochs", "1", "--lr", "1e-6");
    assertTrue(accuracy(trained) > accuracy(anew) + 0.4, trained.out() + anew.out());
  }

  private static double accuracy(Outcome trained) {
    String line =
        trained.out().lines().filter(l -> l.startsWith("test accuracy")).findFirst().get();
    return Double.parseDouble(line.split(" ")[2]) / 100;
  }

  @Test
  void aNetworkOfOtherClassesTakesAllButTheLastLayer() {
    Outcome trained =
        train(
            folder.resolve("run"),
            "--dataset",
            "splitdigits-2.1",
            "--from",
            frequentist,
            "--epochs",
            "1");
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.err().contains(": conv1, conv2, fc1, fc2\n"), trained.err());
    assertTrue(
        trained
            .err()
            .contains("fc3 starts anew: fc3.weight is [5, 84], in the checkpoint [10, 84]"),
        trained.err());
  }

  @Test
  void theConfigurationOfARunRepeatsItAndItIsResumedWithoutStartingAnew() throws IOException {
    Path whole = folder.resolve("whole");
    train(whole, "--from", frequentist, "--epochs", "1");
    byte[] last = Files.readAllBytes(whole.resolve("last.safetensors"));
    String config = whole.resolve("config.properties").toString();
    Path copy = folder.resolve("copy");
    Outcome repeated = Outcome.of("train", "--config", config, "--out", copy.toString());
    assertEquals(0, repeated.code(), repeated.err());
    assertArrayEquals(last, Files.readAllBytes(copy.resolve("last.safetensors")));
    Outcome resumed = Outcome.of("train", "--resume", "--out", whole.toString());
    assertEquals(0, resumed.code(), resumed.err());
    assertArrayEquals(last, Files.readAllBytes(whole.resolve("last.safetensors")));
    Outcome other = Outcome.of("train", "--resume", "--out", whole.toString(), "--moped", "0.1");
    assertEquals(1, other.code());
    assertTrue(other.err().contains("moped is 0.1, expected nothing"), other.err());
  }

  @Test
  void mopedWithoutACheckpointIsRefused() {
    Outcome refused = train(folder.resolve("run"), "--moped", "0.1");
    assertEquals(2, refused.code());
    assertTrue(
        refused.err().contains("add --from CHECKPOINT, or leave --moped out"), refused.err());
  }

  @Test
  void aCheckpointThatIsNoneIsRefusedBeforeAnyFileIsWritten() throws IOException {
    Path out = folder.resolve("run");
    Path none = Files.writeString(folder.resolve("none.safetensors"), "none");
    Outcome refused = train(out, "--from", none.toString());
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("none.safetensors"), refused.err());
    assertTrue(Files.notExists(out));
  }
}
