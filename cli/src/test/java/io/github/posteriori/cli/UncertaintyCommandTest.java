package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncertaintyCommandTest {
  private static final List<String> MEANS =
      List.of(
          "epistemic_softmax",
          "aleatoric_softmax",
          "epistemic_normalized",
          "aleatoric_normalized",
          "entropy",
          "mutual_information");

  @TempDir private Path folder;

  /** Runs the command on a few images; what is stated replaces what it would run with. */
  private Outcome uncertainty(String... stated) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--checkpoint", TrainedDigits.checkpoint().toString());
    options.put("--samples", "5");
    options.put("--batch", "50");
    options.put("--num-batches", "3");
    options.put("--out", folder.toString());
    for (int i = 0; i < stated.length; i += 2) {
      options.put(stated[i], stated[i + 1]);
    }
    List<String> arguments = new ArrayList<>(List.of("uncertainty", "--json"));
    options.forEach((option, value) -> arguments.addAll(List.of(option, value)));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private static List<String> keys(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void findsLettersMoreUncertainThanDigits() throws IOException {
    Outcome outcome = uncertainty();
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode json = outcome.json();
    assertEquals(
        List.of("in", "ood", "auroc", "detection", "picture", "histograms", "csv"), keys(json));
    assertEquals(MEANS, keys(json.get("in")));
    assertEquals(MEANS, keys(json.get("ood")));
    for (String kind : MEANS) {
      assertTrue(json.get("in").get(kind).asDouble() > 0, kind);
      assertTrue(json.get("ood").get(kind).asDouble() > json.get("in").get(kind).asDouble(), kind);
    }
    assertTrue(json.get("auroc").asDouble() > 0.6, json.toString());
    assertTrue(outcome.out().contains("AUROC by predictive entropy"), outcome.out());
    assertTrue(outcome.err().contains("letters: 150 images"), outcome.err());
  }

  @Test
  void writesARowForEachImageWhoseMeansAreThoseOfTheReport() throws IOException {
    JsonNode json = uncertainty().json();
    Path csv = folder.resolve("uncertainty-digits-letters.csv");
    assertEquals(csv.toString(), json.get("csv").asText());
    List<String[]> rows = Files.readAllLines(csv).stream().map(line -> line.split(",")).toList();
    assertEquals(1 + 2 * 150, rows.size());
    List<String> columns = Arrays.asList(rows.get(0));
    assertEquals(11 + 4 * 10, columns.size());
    assertEquals(
        List.of("set", "index", "label", "predicted", "probability"), columns.subList(0, 5));
    for (String kind : MEANS) {
      for (String[] side : new String[][] {{"digits", "in"}, {"letters", "ood"}}) {
        double mean =
            rows.stream()
                .filter(row -> row[0].equals(side[0]))
                .mapToDouble(row -> Double.parseDouble(row[columns.indexOf(kind)]))
                .average()
                .orElseThrow();
        assertEquals(json.get(side[1]).get(kind).asDouble(), mean, 1e-6, kind);
      }
    }
    for (String[] row : rows.subList(1, rows.size())) {
      for (String kind : MEANS.subList(0, 4)) {
        double sum = 0;
        for (int k = 0; k < 10; k++) {
          sum += Double.parseDouble(row[columns.indexOf(kind + "_" + k)]);
        }
        assertEquals(Double.parseDouble(row[columns.indexOf(kind)]), sum, 1e-6, kind);
      }
    }
    assertArrayEquals(new String[] {"letters", "149"}, Arrays.copyOf(rows.get(rows.size() - 1), 2));
  }

  /**
   * Every image from outside against every one from inside, and every threshold, from the table.
   */
  @Test
  void findsLettersByFourScoresAsTheTableHasThem() throws IOException {
    Outcome outcome = uncertainty();
    JsonNode detection = outcome.json().get("detection");
    assertEquals(
        List.of("entropy", "mutual_information", "epistemic", "max_probability"), keys(detection));
    List<String[]> rows =
        Files.readAllLines(folder.resolve("uncertainty-digits-letters.csv")).stream()
            .map(line -> line.split(","))
            .toList();
    for (String score : keys(detection)) {
      JsonNode found = detection.get(score);
      assertEquals(List.of("auroc", "aupr", "fpr95"), keys(found));
      double[] in = scores(rows, "digits", score);
      double[] out = scores(rows, "letters", score);
      double won = 0;
      double precisions = 0;
      double alarms = 1;
      for (double value : out) {
        double alarmed = Arrays.stream(in).filter(other -> other >= value).count();
        double hit = Arrays.stream(out).filter(other -> other >= value).count();
        won +=
            in.length - alarmed + Arrays.stream(in).filter(other -> other == value).count() / 2.0;
        precisions += hit / (hit + alarmed);
        alarms = hit >= 0.95 * out.length ? Math.min(alarms, alarmed / in.length) : alarms;
      }
      // The table has floats, in which scores may be equal that were not.
      assertEquals(won / in.length / out.length, found.get("auroc").asDouble(), 1e-3, score);
      assertEquals(precisions / out.length, found.get("aupr").asDouble(), 1e-3, score);
      assertEquals(alarms, found.get("fpr95").asDouble(), 1e-2, score);
      assertTrue(found.get("auroc").asDouble() > 0.6, score);
    }
    assertEquals(outcome.json().get("auroc"), detection.get("entropy").get("auroc"));
    assertTrue(outcome.out().contains("FPR95"), outcome.out());
    assertTrue(outcome.out().contains("1 - max probability"), outcome.out());
  }

  private static double[] scores(List<String[]> rows, String set, String score) {
    List<String> columns = Arrays.asList(rows.get(0));
    boolean probability = score.equals("max_probability");
    String column =
        probability ? "probability" : score.equals("epistemic") ? "epistemic_softmax" : score;
    return rows.stream()
        .filter(row -> row[0].equals(set))
        .mapToDouble(row -> Double.parseDouble(row[columns.indexOf(column)]))
        .map(value -> probability ? 1 - value : value)
        .toArray();
  }

  @Test
  void drawsHistogramsOfTheScores() throws IOException {
    JsonNode json = uncertainty().json();
    Path file = folder.resolve("uncertainty-digits-letters-histograms.png");
    assertEquals(file.toString(), json.get("histograms").asText());
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(2320, picture.getWidth());
    assertEquals(1680, picture.getHeight());
    long colours =
        Arrays.stream(picture.getRGB(0, 0, 2320, 1680, null, 0, 2320)).distinct().count();
    assertTrue(colours > 100, "more than a blank page: " + colours);
  }

  @Test
  void drawsAPicture() throws IOException {
    Path file = Path.of(uncertainty().json().get("picture").asText());
    BufferedImage picture = ImageIO.read(file.toFile());
    assertTrue(picture.getWidth() > 2000);
    long colours =
        Arrays.stream(
                picture.getRGB(
                    0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
            .distinct()
            .count();
    assertTrue(colours > 100, "more than a blank page: " + colours);
  }

  @Test
  void measuresAPointEstimateWithoutEpistemicUncertainty() throws IOException {
    Outcome outcome = uncertainty("--estimator", "point");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("estimator POINT replaces the saved LRT"), outcome.err());
    for (String kind : List.of("epistemic_softmax", "epistemic_normalized")) {
      assertEquals(0, outcome.json().get("ood").get(kind).asDouble());
    }
    assertTrue(outcome.json().get("ood").get("aleatoric_softmax").asDouble() > 0);
  }

  @Test
  void measuresBayesByBackpropWithADrawForEachPass() throws IOException {
    JsonNode json = uncertainty("--estimator", "bbb", "--ood", "letters").json();
    assertTrue(json.get("in").get("epistemic_softmax").asDouble() > 1e-5, json.toString());
  }

  @Test
  void writesBesideTheCheckpointAndReplacesWhatIsThere() throws IOException {
    Path copy = Files.copy(TrainedDigits.checkpoint(), folder.resolve("copy.safetensors"));
    Path csv = Files.writeString(folder.resolve("uncertainty-digits-digits.csv"), "old");
    Outcome outcome =
        Outcome.of(
            "uncertainty",
            "--checkpoint",
            copy.toString(),
            "--ood",
            "digits",
            "--limit",
            "20",
            "--samples",
            "2",
            "--json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(41, Files.readAllLines(csv).size());
    assertEquals(0.5, outcome.json().get("auroc").asDouble(), "the same images on both sides");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(4, files.count(), "no temporary file is left");
    }
  }

  @Test
  void namesAnUnwritableFolderBeforeItMeasures() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Outcome outcome = uncertainty("--out", file.resolve("deeper").toString());
    assertEquals(1, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("cannot write " + file.resolve("deeper")), outcome.err());
    assertTrue(!outcome.err().contains("images in"), outcome.err());
  }

  @Test
  void refusesImagesOfAnotherShapeBeforeItMeasures() throws IOException {
    Path batches = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    Files.write(batches.resolve("test_batch.bin"), new byte[20 * 3073]);
    Outcome outcome = uncertainty("--ood", "cifar10", "--data", folder.toString());
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("choose another --ood"), outcome.err());
    assertFalse(outcome.err().contains("images in"), outcome.err());
  }

  @Test
  void explainsWrongUses() {
    for (String[] use :
        new String[][] {
          {"--ood", "fotos"}, {"--samples", "0"}, {"--num-batches", "-1"}, {"--batch", "0"}
        }) {
      Outcome outcome = uncertainty(use);
      assertEquals(2, outcome.code(), outcome.err());
      assertTrue(outcome.err().contains(use[1]), outcome.err());
    }
    assertTrue(uncertainty("--ood", "fotos").err().contains("ood is 'fotos'"));
    Outcome missing = uncertainty("--ood", "notmnist", "--data", folder.toString());
    assertEquals(1, missing.code(), missing.err());
    assertTrue(missing.err().contains("t10k-"), missing.err());
  }
}
