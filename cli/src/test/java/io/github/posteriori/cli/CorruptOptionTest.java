package io.github.posteriori.cli;

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
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrupted images on the command line. */
class CorruptOptionTest {
  @TempDir private Path folder;

  private static Outcome run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(command, "--checkpoint", TrainedDigits.checkpoint().toString(), "--json"));
    arguments.addAll(List.of("--limit", "60", "--samples", "1", "--batch", "60"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  @Test
  void evaluateMeasuresTheCorruptedImages() throws IOException {
    JsonNode clean = run("evaluate").json();
    Outcome outcome = run("evaluate", "--corrupt", "impulse-noise:5");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().startsWith("60 images of digits-impulse-noise-5: accuracy "));
    JsonNode json = outcome.json();
    assertEquals("impulse-noise:5", json.get("corrupt").asText());
    assertEquals("digits", json.get("dataset").asText());
    assertTrue(json.get("test_nll").asDouble() > clean.get("test_nll").asDouble() + 0.05);
    assertFalse(clean.has("corrupt"));
    Outcome otherSeed = run("evaluate", "--corrupt", "impulse-noise:5", "--seed", "1");
    assertTrue(otherSeed.json().get("test_nll").asDouble() != json.get("test_nll").asDouble());
  }

  @Test
  void allMeasuresEveryKindAndStrengthAfterTheImagesAsTheyAre() throws IOException {
    Outcome outcome = run("evaluate", "--corrupt", "all", "--out", folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    List<String> lines = outcome.out().lines().toList();
    JsonNode clean = run("evaluate").json();
    JsonNode json = outcome.json();
    assertTrue(lines.get(0).startsWith("60 images of digits: accuracy "), lines.get(0));
    assertEquals(clean.get("test_nll"), json.get("test_nll"));

    JsonNode kinds = json.get("corruptions");
    assertEquals(15, kinds.size());
    double sum = 0;
    for (JsonNode strengths : kinds) {
      assertEquals(5, strengths.size());
      for (JsonNode figures : strengths) {
        sum += figures.get("test_accuracy").asDouble();
      }
    }
    assertEquals(sum / 75, json.get("corrupted").get("test_accuracy").asDouble(), 1e-12);
    assertEquals(
        run("evaluate", "--corrupt", "fog:4").json().get("test_nll"),
        kinds.get("fog").get(3).get("test_nll"));

    int header =
        lines.indexOf(
            "accuracy, %               1        2        3        4        5     mean      NLL     "
                + " ECE");
    assertTrue(header > 0, outcome.out());
    assertTrue(lines.get(header + 10).matches("fog( +[0-9.]+){8}"), lines.get(header + 10));
    assertEquals(
        String.format(
            Locale.ROOT, "%.2f", 100 * kinds.get("fog").get(3).get("test_accuracy").asDouble()),
        lines.get(header + 10).split(" +")[4]);
    String[] means = lines.get(header + 16).split(" +");
    assertEquals("mean", means[0]);
    assertEquals(100 * sum / 75, Double.parseDouble(means[6]), 0.006);
    assertEquals(
        json.get("corrupted").get("test_nll").asDouble(), Double.parseDouble(means[7]), 6e-5);

    List<String> rows = Files.readAllLines(folder.resolve("corruptions.csv"));
    assertEquals(76, rows.size());
    assertTrue(rows.get(0).startsWith("corruption,strength,test_accuracy,test_nll,test_ece"));
    assertEquals(
        "fog,4," + kinds.get("fog").get(3).get("test_accuracy").asText(),
        rows.get(49).substring(0, rows.get(49).indexOf(',', 6)));
  }

  @Test
  void uncertaintyComparesTheImagesWithThemselvesCorrupted() throws IOException {
    Outcome outcome = run("uncertainty", "--corrupt", "glass-blur:5", "--out", folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode json = outcome.json();
    assertTrue(
        json.get("ood").get("entropy").asDouble() > json.get("in").get("entropy").asDouble());
    assertTrue(Files.exists(folder.resolve("uncertainty-digits-digits-glass-blur-5.csv")));

    Outcome beside =
        run(
            "uncertainty",
            "--corrupt",
            "glass-blur:5",
            "--ood",
            "letters",
            "--out",
            folder.toString());
    assertEquals(0, beside.code(), beside.err());
    assertEquals(
        json.get("ood").get("entropy"),
        beside.json().get("in").get("entropy"),
        "the corrupted set");
    assertTrue(Files.exists(folder.resolve("uncertainty-digits-glass-blur-5-letters.csv")));
  }

  @Test
  void trainCorruptsTrainingImagesAndKeepsItWithTheRun() throws IOException {
    String options = "--limit 200 --epochs 1 --batch 64 --json";
    Path run = folder.resolve("noisy");
    Outcome noisy = Runs.train(options, run, "--corrupt", "impulse-noise:5");
    assertEquals(0, noisy.code(), noisy.err());
    assertEquals("impulse-noise:5", Runs.config(run).get("corrupt").asText());
    Outcome clean = Runs.train(options, folder.resolve("clean"));
    assertFalse(Runs.config(folder.resolve("clean")).has("corrupt"));
    double loss = noisy.json().get("train_loss").asDouble();
    assertTrue(loss != clean.json().get("train_loss").asDouble());
    Outcome again =
        Outcome.of(
            "train",
            "--config",
            run.resolve("config.properties").toString(),
            "--out",
            folder.resolve("again").toString(),
            "--json");
    assertEquals(loss, again.json().get("train_loss").asDouble(), again.err());
    Outcome resumed = Outcome.of("train", "--resume", "--out", run.toString());
    assertEquals(0, resumed.code(), resumed.err());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    Outcome kind = run("evaluate", "--corrupt", "fogg:3");
    assertEquals(2, kind.code());
    assertTrue(kind.err().contains("did you mean fog?"), kind.err());
    Outcome strength = run("uncertainty", "--corrupt", "fog:6");
    assertEquals(2, strength.code());
    assertTrue(strength.err().contains("a strength from 1 to 5"), strength.err());
    Outcome every = Runs.train("--limit 100", folder.resolve("x"), "--corrupt", "all");
    assertEquals(2, every.code());
    assertTrue(every.err().contains("corruption is 'all', expected KIND:STRENGTH"), every.err());
  }
}
