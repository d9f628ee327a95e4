package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MixtureCommandTest {
  @TempDir Path folder;

  private static Outcome mixture(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("mixture", "--dataset", "digits", "--limit", "300", "--samples", "2"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private String trained(String task) {
    return folder.resolve(task).resolve("best.safetensors").toString();
  }

  @Test
  void trainsANetworkForEachTaskAndMeasuresThemAgainFromTheirCheckpoints() throws IOException {
    Outcome whole =
        mixture(
            "--epochs",
            "2",
            "--batch",
            "50",
            "--valid-size",
            "0.1",
            "--out",
            folder.toString(),
            "--json");
    assertEquals(0, whole.code(), whole.err());
    JsonNode json = whole.json();
    assertEquals(2, json.get("tasks").asInt());
    assertEquals(300, json.get("images").asInt());
    assertEquals(trained("task2"), json.get("checkpoints").get(1).asText());
    for (String map : List.of("accuracy", "right_expert", "informed_accuracy")) {
      assertEquals(
          List.of(
              "epistemic_softmax",
              "aleatoric_softmax",
              "both_softmax",
              "epistemic_normalized",
              "aleatoric_normalized",
              "both_normalized"),
          json.get(map).properties().stream().map(java.util.Map.Entry::getKey).toList());
    }
    assertTrue(json.get("informed_accuracy").get("both_softmax").asDouble() > 0.4, whole.out());
    assertTrue(whole.out().contains("normalized   aleatoric"), whole.out());
    assertTrue(whole.out().contains("expert 2 knows 5, 6, 7, 8, 9"), whole.out());
    assertTrue(whole.err().contains("splitdigits-2.2"), whole.err());
    assertTrue(
        Files.readString(folder.resolve("task1/config.properties"))
            .contains("dataset=splitdigits-2.1"));

    Path repeat = folder.resolve("repeat");
    Outcome repeated =
        Outcome.of(
            "train",
            "--config",
            folder.resolve("task1/config.properties").toString(),
            "--out",
            repeat.toString());
    assertEquals(0, repeated.code(), repeated.err());
    assertArrayEquals(
        Files.readAllBytes(Path.of(trained("task1"))),
        Files.readAllBytes(repeat.resolve("best.safetensors")));

    String expert = trained("task2");
    Outcome measured = Outcome.of("evaluate", "--checkpoint", expert, "--limit", "100", "--json");
    assertEquals("splitdigits-2.2", measured.json().get("dataset").asText(), measured.err());
    Outcome elsewhere =
        Outcome.of(
            "evaluate", "--checkpoint", expert, "--limit", "100", "--dataset", "splitdigits-2.1");
    assertEquals(2, elsewhere.code(), elsewhere.err());
    assertTrue(elsewhere.err().contains("of which [0, 1, 2, 3, 4] are unknown"), elsewhere.err());
    assertTrue(
        elsewhere
            .err()
            .contains("the network was trained on splitdigits-2.2, not on splitdigits-2.1"),
        elsewhere.err());

    for (List<String> order : List.of(List.of("task1", "task2"), List.of("task2", "task1"))) {
      Outcome again =
          Outcome.of(
              "mixture",
              "--checkpoint",
              trained(order.get(0)),
              "--checkpoint",
              trained(order.get(1)),
              "--limit",
              "300",
              "--samples",
              "2",
              "--batch",
              "50",
              "--json");
      assertEquals(0, again.code(), again.err());
      assertEquals("digits", again.json().get("dataset").asText(), "what they are parts of");
      for (String map : List.of("accuracy", "right_expert", "informed_accuracy")) {
        assertEquals(json.get(map), again.json().get(map), order + " " + map);
      }
    }

    for (String task : List.of("task1", "task2")) {
      Outcome one = mixture("--checkpoint", trained(task), "--checkpoint", trained(task));
      assertEquals(2, one.code(), one.err());
      assertTrue(one.err().contains("two checkpoints know the classes of splitdigits"), one.err());
    }

    Outcome refused = mixture("--epochs", "2", "--out", folder.toString());
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("--overwrite"), refused.err());

    Outcome three =
        mixture("--tasks", "3", "--checkpoint", trained("task1"), "--checkpoint", trained("task2"));
    assertEquals(2, three.code());
    assertTrue(three.err().contains("tasks is 3, but there are 2"), three.err());

    Outcome twice =
        mixture(
            "--checkpoint", trained("task1"), "--checkpoint", trained("task1"), "--epochs", "3");
    assertEquals(2, twice.code());
    assertTrue(twice.err().contains("--epochs is about training"), twice.err());
  }

  static Stream<Arguments> wrongUses() {
    return Stream.of(
        Arguments.of("tasks is 3", new String[] {"--tasks", "3"}),
        Arguments.of("tasks is 1", new String[] {"--tasks", "1"}),
        Arguments.of("tasks is 10", new String[] {"--tasks", "10"}),
        Arguments.of("samples is 0", new String[] {"--samples=0", "--limit", "50"}),
        Arguments.of("--out is about", new String[] {"--checkpoint", "F", "--out", "DIR"}),
        Arguments.of("--net is about", new String[] {"--checkpoint", "F", "--net", "lenet"}),
        Arguments.of("'conv7'", new String[] {"--record", "conv7", "--limit", "50"}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongUses")
  void aWrongUseIsExplainedBeforeAFileIsTouched(String named, String[] arguments) {
    List<String> real = new ArrayList<>(List.of("mixture", "--dataset", "digits"));
    real.addAll(Arrays.asList(arguments));
    Path out = folder.resolve("refused");
    if (!real.contains("--checkpoint")) {
      real.addAll(List.of("--out", out.toString()));
    }
    Outcome outcome = Outcome.of(real.toArray(String[]::new));
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(named), outcome.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void splitsMnistUnlessToldOtherwise() {
    Outcome outcome = Outcome.of("mixture", "--offline", "--data", folder.toString());
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("t10k-labels-idx1-ubyte"), outcome.err());
    String help = Outcome.of("mixture", "--help").out();
    assertTrue(help.replaceAll("\\s+", " ").contains("to train, mnist)"), help);
  }

  @Test
  void trainsNothingWhereOneOfItsFoldersHoldsARun() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("task2")).resolve("metrics.csv");
    Files.writeString(taken, "epoch");
    Outcome outcome = mixture("--epochs", "1", "--out", folder.toString());
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("task2 holds a run already"), outcome.err());
    assertFalse(Files.exists(folder.resolve("task1")));
  }
}
