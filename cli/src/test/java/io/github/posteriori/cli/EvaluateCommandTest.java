package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private static final int IMAGES = 600;

  @TempDir private Path folder;

  private static Outcome evaluate(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("evaluate", "--checkpoint", TrainedDigits.checkpoint().toString(), "--json"));
    arguments.addAll(List.of("--limit", String.valueOf(IMAGES), "--samples", "3"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private Outcome evaluateInto(Path out) {
    Outcome outcome = evaluate("--out", out.toString());
    assertEquals(0, outcome.code(), outcome.err());
    return outcome;
  }

  @Test
  void keepsItsKeysAndAddsTheNewMetrics() throws IOException {
    Outcome outcome = evaluate();
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode json = outcome.json();
    assertEquals(
        List.of(
            "dataset",
            "net",
            "kind",
            "estimator",
            "engine",
            "epochs",
            "train_loss",
            "kl",
            "valid_accuracy",
            "test_accuracy",
            "test_nll",
            "test_ece",
            "test_brier",
            "test_adaptive_ece",
            "test_aurc",
            "checkpoint",
            "seconds"),
        json.properties().stream().map(Map.Entry::getKey).toList());
    double error = 1 - json.get("test_accuracy").asDouble();
    double aurc = json.get("test_aurc").asDouble();
    assertTrue(aurc > 0 && aurc < error, "confidence tells errors from right answers: " + json);
    assertTrue(outcome.out().contains("adaptive ECE"), outcome.out());
  }

  @Test
  void reportsTheEstimatorOfTheLayersWhereNoOptionStatesOne() throws IOException {
    Path file = folder.resolve("plain.safetensors");
    ShippedNet.LENET.create(Kind.FREQUENTIST, 1, 10, ModuleOptions.defaults()).save(file);
    Outcome outcome =
        Outcome.of(
            "evaluate",
            "--checkpoint",
            file.toString(),
            "--dataset=digits",
            "--limit=10",
            "--json");
    assertEquals("point", outcome.json().get("estimator").asText(), outcome.err());
  }

  /** Every metric once more, from the file alone and with other formulas. */
  @Test
  void writesEveryAnswerSoThatTheMetricsCanBeComputedAgain() throws IOException {
    JsonNode json = evaluateInto(folder).json();
    List<String> lines = Files.readAllLines(folder.resolve("predictions.csv"));
    assertEquals("index,label,predicted,confidence,correct", lines.get(0));
    assertEquals(1 + IMAGES, lines.size());
    double[] confidence = new double[IMAGES];
    boolean[] correct = new boolean[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      String[] cells = lines.get(i + 1).split(",");
      assertEquals(i, Integer.parseInt(cells[0]));
      confidence[i] = Double.parseDouble(cells[3]);
      correct[i] = cells[4].equals("1");
      assertEquals(cells[1].equals(cells[2]), correct[i], lines.get(i + 1));
    }
    int right = 0;
    double risks = 0;
    double[] widthGaps = new double[15];
    double[] massGaps = new double[15];
    for (int i = 0; i < IMAGES; i++) {
      int answered = 0;
      int wrong = 0;
      int below = 0;
      int upTo = 0;
      for (int j = 0; j < IMAGES; j++) {
        answered += confidence[j] >= confidence[i] ? 1 : 0;
        wrong += confidence[j] >= confidence[i] && !correct[j] ? 1 : 0;
        below += confidence[j] < confidence[i] ? 1 : 0;
        upTo += confidence[j] <= confidence[i] ? 1 : 0;
      }
      risks += (double) wrong / answered;
      double gap = (correct[i] ? 1 : 0) - confidence[i];
      widthGaps[Math.min((int) (15 * confidence[i]), 14)] += gap;
      massGaps[(below + upTo) * 15 / (2 * IMAGES)] += gap;
      right += correct[i] ? 1 : 0;
    }
    assertEquals((double) right / IMAGES, json.get("test_accuracy").asDouble(), 1e-12);
    assertEquals(risks / IMAGES, json.get("test_aurc").asDouble(), 1e-12);
    assertEquals(meanOfAbsolutes(widthGaps), json.get("test_ece").asDouble(), 1e-12);
    assertEquals(meanOfAbsolutes(massGaps), json.get("test_adaptive_ece").asDouble(), 1e-12);
  }

  private static double meanOfAbsolutes(double[] gaps) {
    return Arrays.stream(gaps).map(Math::abs).sum() / IMAGES;
  }

  @Test
  void drawsReliabilityAboveCountsAndRiskAgainstCoverage() throws IOException {
    String out = evaluateInto(folder).out();
    assertPicture("reliability.png", 520, 700);
    assertPicture("risk-coverage.png", 520, 400);
    for (String file : List.of("reliability.png", "risk-coverage.png", "predictions.csv")) {
      assertTrue(out.contains("wrote " + folder.resolve(file)), out);
    }
  }

  private void assertPicture(String name, int width, int height) throws IOException {
    BufferedImage picture = ImageIO.read(folder.resolve(name).toFile());
    assertEquals(width, picture.getWidth(), name);
    assertEquals(height, picture.getHeight(), name);
    long colours =
        Arrays.stream(picture.getRGB(0, 0, width, height, null, 0, width)).distinct().count();
    assertTrue(colours > 50, "more than a blank page: " + colours);
  }

  @Test
  void writesNothingUnlessAskedAndReplacesWhatIsThere() throws IOException {
    Files.writeString(folder.resolve("predictions.csv"), "old");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertFalse(evaluate().out().contains("wrote"));
    evaluateInto(folder);
    assertEquals(1 + IMAGES, Files.readAllLines(folder.resolve("predictions.csv")).size());
    assertEquals("mine", Files.readString(folder.resolve("notes.txt")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(4, files.count(), "no temporary file is left");
    }
  }

  /** Of one image there is one bin, one threshold, and a risk of 0 or 1. */
  @Test
  void drawsASingleImage() throws IOException {
    Outcome outcome =
        Outcome.of(
            "evaluate",
            "--checkpoint",
            TrainedDigits.checkpoint().toString(),
            "--limit",
            "1",
            "--out",
            folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertPicture("reliability.png", 520, 700);
    assertPicture("risk-coverage.png", 520, 400);
  }

  @Test
  void namesAnUnwritableFolderBeforeItMeasures() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Outcome outcome = evaluate("--out", file.resolve("deeper").toString());
    assertEquals(1, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("cannot write " + file.resolve("deeper")), outcome.err());
    assertFalse(outcome.out().contains("accuracy"), outcome.out());
  }

  @Test
  void withoutSamplesItHasTheSameKeysAndAboutTheSameMeasures() throws IOException {
    List<String> asked =
        List.of("evaluate", "--checkpoint", TrainedDigits.checkpoint().toString(), "--json");
    List<String> arguments = new ArrayList<>(asked);
    arguments.addAll(List.of("--limit", String.valueOf(IMAGES), "--sample-free"));
    Outcome outcome = Outcome.of(arguments.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode sampled = evaluate().json();
    JsonNode json = outcome.json();
    assertEquals(
        sampled.properties().stream().map(Map.Entry::getKey).toList(),
        json.properties().stream().map(Map.Entry::getKey).toList());
    assertEquals(
        sampled.get("test_accuracy").asDouble(), json.get("test_accuracy").asDouble(), 0.03);
    assertEquals(sampled.get("test_nll").asDouble(), json.get("test_nll").asDouble(), 0.1);
  }

  @Test
  void samplesBesideSampleFreeAreRefused() {
    Outcome outcome = evaluate("--sample-free");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("--samples stands beside --sample-free"), outcome.err());
  }
}
