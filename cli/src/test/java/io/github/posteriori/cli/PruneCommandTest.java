package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneCommandTest {
  @TempDir private Path folder;

  private Outcome prune(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "prune",
                "--checkpoint",
                TrainedDigits.checkpoint().toString(),
                folder.resolve("pruned.safetensors").toString(),
                "--limit=2000",
                "--samples=3",
                "--json"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  @Test
  void writesASmallCheckpointThatOtherCommandsTake() throws IOException {
    Outcome pruned = prune("--keep=0.25");
    assertEquals(0, pruned.code(), pruned.err());
    JsonNode json = pruned.json();
    Path file = folder.resolve("pruned.safetensors");
    assertEquals(0.25, json.get("kept").asDouble(), 1e-4);
    assertEquals(Files.size(file), json.get("bytes").asLong());
    long whole = Files.size(TrainedDigits.checkpoint());
    assertEquals((0.25 + 1 / 64.0) * whole, json.get("bytes").asDouble(), 0.02 * whole);
    Outcome again =
        Outcome.of("evaluate", "--checkpoint=" + file, "--limit=2000", "--samples=3", "--json");
    assertEquals(
        json.get("test_accuracy"),
        again.json().get("test_accuracy"),
        "the file is what was pruned");
    Outcome before =
        Outcome.of(
            "evaluate",
            "--checkpoint=" + TrainedDigits.checkpoint(),
            "--limit=2000",
            "--samples=3",
            "--json");
    assertEquals(before.json().get("test_accuracy"), json.get("test_accuracy_before"));
    Path torch = folder.resolve("pruned.pt");
    assertEquals(0, Outcome.of("convert", file.toString(), torch.toString()).code());
  }

  @Test
  void findsAShareWithinAToleranceAndTrainsWhatIsLeft() throws IOException {
    Outcome within = prune("--tolerance=0.02");
    double kept = within.json().get("kept").asDouble();
    assertTrue(kept > 0.01 && kept < 0.9, "kept " + kept);
    Outcome atOnce = prune("--keep=0.05");
    Outcome trained = prune("--keep=0.05", "--epochs=2");
    assertEquals(0.05, trained.json().get("kept").asDouble(), 1e-4);
    double accuracy = trained.json().get("test_accuracy").asDouble();
    assertTrue(accuracy > atOnce.json().get("test_accuracy").asDouble() + 0.05, trained.out());
  }

  @Test
  void ofPrunedFiltersASmallerNetworkIsLeft() throws IOException {
    Outcome pruned = prune("--keep=0.5", "--filters", "--epochs=1");
    assertEquals(0, pruned.code(), pruned.err());
    Path file = folder.resolve("pruned.safetensors");
    // LeNet's 6, 16, 120 and 84 filters are halved: so are the inputs of the layer behind each.
    int left = 3 * 25 + 8 * 3 * 25 + 60 * 8 * 25 + 42 * 60 + 10 * 42;
    int whole = 6 * 25 + 16 * 6 * 25 + 120 * 16 * 25 + 84 * 120 + 10 * 84;
    assertEquals((double) left / whole, pruned.json().get("kept").asDouble(), 1e-9);
    assertTrue(Files.size(file) < 0.4 * Files.size(TrainedDigits.checkpoint()));
    Outcome again =
        Outcome.of("evaluate", "--checkpoint=" + file, "--limit=2000", "--samples=3", "--json");
    assertEquals(0, again.code(), again.err());
    assertEquals("BayesLeNetPruned", again.json().get("net").asText());
    assertEquals(pruned.json().get("test_accuracy"), again.json().get("test_accuracy"));
    assertTrue(again.json().get("test_accuracy").asDouble() > 0.5, again.out());
    assertEquals(2, prune("--tolerance=0.1", "--filters").code());
  }

  @Test
  void wantsAShareOrATolerance() {
    assertEquals(2, prune().code());
    assertEquals(2, prune("--keep=0.1", "--tolerance=0.1").code());
    assertEquals(2, prune("--keep=0").code());
    assertEquals(2, prune("--keep=0.1", "--epochs=-1").code());
  }
}
