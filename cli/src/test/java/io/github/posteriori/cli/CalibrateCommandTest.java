package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.Evaluator;
import io.github.posteriori.Prediction;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.uncertainty.RiskCoverage;
import io.github.posteriori.uncertainty.SelectiveRisk;
import io.github.posteriori.uncertainty.SetMetrics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CalibrateCommandTest {
  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("calibrated.safetensors");
  }

  private Outcome calibrate(Path checkpoint, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("calibrate", "--checkpoint", checkpoint.toString(), out().toString()));
    arguments.addAll(List.of("--samples", "3", "--json"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  /** The network of {@link TrainedDigits} held out 300 of the first 3,000 drawn digits. */
  @Test
  void laterCommandsKeepWhatWasPromised() throws IOException {
    Outcome outcome = calibrate(TrainedDigits.checkpoint(), "--coverage", "0.9");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode json = outcome.json();
    assertEquals(
        List.of("temperature", "coverage", "mean_set_size", "test_nll", "test_ece", "checkpoint"),
        json.properties().stream().map(Map.Entry::getKey).toList());
    Calibration.OfClasses kept =
        Checkpoint.read(out()).calibration().flatMap(Calibration::ofClasses).orElseThrow();
    assertEquals(300, kept.examples());
    assertEquals(3, kept.samples());
    assertEquals(kept.temperature().value(), json.get("temperature").asDouble());
    // Of 150 scores, and of the test images.
    double band = 4 * Math.sqrt(0.9 * 0.1 / 150);
    assertEquals(0.9, json.get("coverage").asDouble(), band);

    Outcome evaluated =
        Outcome.of("evaluate", "--checkpoint", out().toString(), "--samples", "3", "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    assertEquals(json.get("coverage"), evaluated.json().get("test_set_coverage"));
    assertEquals(json.get("mean_set_size"), evaluated.json().get("test_mean_set_size"));
    assertEquals(json.get("test_nll"), evaluated.json().get("test_nll"));
    assertTrue(evaluated.out().contains("of the sets hold the true class"), evaluated.out());
    predictsSets(kept);
    comparesSizesOfSets();
    answersWhatARiskAllows();
    isLeftOutForPyTorch();
  }

  /** Beside what evaluate measures of the same images, and the rows of the table. */
  private void comparesSizesOfSets() throws IOException {
    String[] of = {"--checkpoint", out().toString(), "--limit", "150", "--samples", "3", "--json"};
    JsonNode evaluated = Outcome.of(with(of, "evaluate")).json();
    Outcome compared = Outcome.of(with(of, "uncertainty"));
    assertEquals(0, compared.code(), compared.err());
    JsonNode json = compared.json();
    double inside = json.get("in").get("mean_set_size").asDouble();
    double outside = json.get("ood").get("mean_set_size").asDouble();
    assertEquals(evaluated.get("test_mean_set_size").asDouble(), inside, 1e-9);
    List<String> rows = Files.readAllLines(folder.resolve("uncertainty-digits-letters.csv"));
    int column = Arrays.asList(rows.get(0).split(",")).indexOf("set_size");
    double mean =
        rows.stream()
            .filter(row -> row.startsWith("letters,"))
            .mapToInt(row -> Integer.parseInt(row.split(",")[column]))
            .average()
            .orElseThrow();
    assertEquals(mean, outside, 1e-9);
    String row =
        String.format(Locale.ROOT, "%-22s %12.6f %12.6f", "classes in the set", inside, mean);
    assertTrue(compared.out().contains(row), compared.out());
  }

  /** Beside the table of the same predictions, whose confidences are rounded. */
  private void answersWhatARiskAllows() throws IOException {
    SelectiveRisk bounds = BayesLeNetModule.load(out()).selectiveRisk().orElseThrow();
    RiskCoverage.Point chosen = bounds.points().get(bounds.points().size() / 2);
    Path table = folder.resolve("answers");
    String[] of = {"--checkpoint", out().toString(), "--samples", "3", "--json"};
    String[] risk = {"--risk", String.valueOf(chosen.risk()), "--out", table.toString()};
    Outcome evaluated = Outcome.of(with(risk, with(of, "evaluate")));
    assertEquals(0, evaluated.code(), evaluated.err());
    List<String[]> rows =
        Files.readAllLines(table.resolve("predictions.csv")).stream()
            .skip(1)
            .map(row -> row.split(","))
            .toList();
    List<String[]> given =
        rows.stream().filter(row -> Double.parseDouble(row[3]) >= chosen.confidence()).toList();
    double wrong = given.stream().filter(row -> !row[1].equals(row[2])).count();
    double answered = (double) given.size() / rows.size();
    assertTrue(answered > 0.1 && answered < 1, "answered " + answered);
    assertEquals(answered, evaluated.json().get("test_answered").asDouble(), 1e-5);
    double measured = evaluated.json().get("test_risk").asDouble();
    assertEquals(wrong / given.size(), measured, 1e-5);
    assertTrue(measured <= chosen.risk(), "what was promised");
    String line = String.format(Locale.ROOT, "%.2f %% of these wrongly", 100 * measured);
    assertTrue(evaluated.out().contains(line), evaluated.out());
    assertFalse(Outcome.of(with(of, "evaluate")).json().has("test_answered"));
    Outcome views =
        Outcome.of(with(new String[] {"--tta", "shift:1"}, with(risk, with(of, "evaluate"))));
    assertEquals(2, views.code());
    assertTrue(views.err().contains("--tta stands beside it"), views.err());
  }

  private void isLeftOutForPyTorch() {
    Path torch = folder.resolve("net.pt");
    Outcome converted = Outcome.of("convert", out().toString(), torch.toString());
    assertTrue(
        converted.out().contains("no place for the calibration: divide logits by "),
        converted.out());
  }

  private static String[] with(String[] more, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private void predictsSets(Calibration.OfClasses kept) throws IOException {
    Path picture = folder.resolve("digit.png");
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    float[] pixels = new float[32 * 32];
    Digits.digits(1, 5).image(0, pixels, 0);
    for (int i = 0; i < pixels.length; i++) {
      int grey = Math.round(255 * pixels[i]);
      image.getRaster().setSample(i % 32, i / 32, 0, grey);
      pixels[i] = grey / 255f;
    }
    ImageIO.write(image, "png", picture.toFile());
    Outcome predicted =
        Outcome.of("predict", "--checkpoint", out().toString(), "--json", picture.toString());
    assertEquals(0, predicted.code(), predicted.err());
    BayesLeNetModule module = BayesLeNetModule.load(out());
    INDArray one = Nd4j.create(pixels, new long[] {1, 1, 32, 32}, 'c');
    Prediction prediction = module.predict(one, 25);
    List<String> expected =
        Arrays.stream(module.sets(one, prediction).get(0))
            .mapToObj(module.classNames()::get)
            .toList();
    List<String> found = new ArrayList<>();
    predicted.json().get(0).get("classes").forEach(name -> found.add(name.asText()));
    assertEquals(expected, found);
    String set = "set {" + String.join(", ", found) + "}";
    assertTrue(predicted.out().contains(set), predicted.out());
    assertFalse(predicted.json().get(0).has("refused"));
    refusesWhatNoBoundAllows(picture);
  }

  /** No bound of a risk is 0, and none is above 1. */
  private void refusesWhatNoBoundAllows(Path picture) throws IOException {
    String[] of = {"--checkpoint", out().toString(), "--json", picture.toString()};
    Outcome none = Outcome.of(with(of, "predict", "--risk", "0"));
    assertTrue(none.json().get(0).get("refused").asBoolean());
    assertTrue(none.out().contains("digit.png: I don't know; perhaps "), none.out());
    Outcome all = Outcome.of(with(of, "predict", "--risk", "1"));
    assertFalse(all.json().get(0).get("refused").asBoolean());
    assertFalse(all.out().contains("I don't know"), all.out());
  }

  /** Those are the examples that no step has seen: the others are surer, and would promise less. */
  private void wasCalibratedByWhatTheTrainingHeldOut(BayesLeNetModule module) {
    Dataset read = Digits.digits(20_000, 20_000).limit(3_000);
    SetMetrics promising =
        new Evaluator(module, 3, 256)
            .collect(read.split(0.1, 0).valid().split(0.5, 0).valid())
            .sets()
            .orElseThrow();
    // The threshold is the 144th of 150 scores, so that so many are covered.
    assertEquals(144 / 150.0, promising.coverage(), 1e-9);
  }

  @Test
  void theReportOfARunShowsItsSets() throws IOException {
    for (String file : List.of("config.json", "metrics.csv", "best.safetensors")) {
      Files.copy(TrainedDigits.checkpoint().resolveSibling(file), folder.resolve(file));
    }
    String best = folder.resolve("best.safetensors").toString();
    Outcome calibrated =
        Outcome.of("calibrate", "--checkpoint", best, best, "--samples", "3", "--score", "aps");
    assertEquals(0, calibrated.code(), calibrated.err());
    BayesLeNetModule module = BayesLeNetModule.load(Path.of(best));
    wasCalibratedByWhatTheTrainingHeldOut(module);
    Outcome reported = Outcome.of("report", folder.toString(), "--limit", "200", "--samples", "3");
    assertEquals(0, reported.code(), reported.err());
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("Which classes can it be?"));
    Evaluator evaluator = new Evaluator(module, 3, 256);
    Dataset test = Digits.digits(4_000, 20_001).limit(200);
    SetMetrics sets = evaluator.collect(test).sets().orElseThrow();
    String size = String.format(Locale.ROOT, "with %.3f classes", sets.meanSize());
    assertTrue(page.contains(size), size);
  }

  @Test
  void refusesExamplesThatMayBeThoseOfTheTraining() throws IOException {
    Path moved = folder.resolve("moved.safetensors");
    Files.copy(TrainedDigits.checkpoint(), moved);
    Outcome refused = calibrate(moved);
    assertEquals(2, refused.code(), refused.err());
    assertTrue(
        refused.err().contains("was trained on 2700 examples of digits, but 18000 of 20000"),
        refused.err());
    assertFalse(Files.exists(out()));
  }

  @Test
  void refusesMoreThanTheExamplesCanPromise() {
    Outcome refused = calibrate(TrainedDigits.checkpoint(), "--coverage", "0.999");
    assertEquals(2, refused.code(), refused.err());
    assertTrue(
        refused.err().contains("300 held-out examples cannot promise, expected at least 1998"),
        refused.err());
    assertFalse(Files.exists(out()));
  }

  /** A table of one feature, and another of the same columns that no network has seen. */
  @Test
  void intervalsOfNumbersAreInTheUnitsOfTheColumn() throws IOException {
    Path trained = table("trained.csv", 400, 1);
    Path run = folder.resolve("run");
    Path net =
        Files.writeString(
            folder.resolve("Rent.java"),
            """
            import io.github.posteriori.annotations.*;
            import io.github.posteriori.Layer;

            @BayesModel(features = 1)
            class Rent {
              @BayesLinear(out = 2) Layer fc;
            }
            """);
    Outcome outcome =
        Outcome.of(
            "train",
            "--net",
            net.toString(),
            "--dataset",
            trained.toString(),
            "--target",
            "rent",
            "--epochs",
            "3",
            "--out",
            run.toString());
    assertEquals(0, outcome.code(), outcome.err());
    Path best = run.resolve("best.safetensors");
    Outcome calibrated = calibrate(best, "--coverage", "0.9");
    assertEquals(0, calibrated.code(), calibrated.err());
    assertTrue(calibrated.json().get("temperature").isNull());
    assertTrue(calibrated.json().get("coverage").asDouble() > 0.6);

    comparesAndReportsIntervals(run, calibrated.json().get("coverage").asDouble());
    saysWhereItIsLeftOut(run, net, trained);

    Path others = table("others.csv", 300, 2);
    Outcome foreign = calibrate(best, "--dataset", others.toString(), "--coverage", "0.9");
    assertEquals(0, foreign.code(), foreign.err());
    assertTrue(foreign.json().get("coverage").isNull());
    Outcome evaluated =
        Outcome.of(
            "evaluate",
            "--checkpoint",
            out().toString(),
            "--dataset",
            table("new.csv", 500, 3).toString(),
            "--json");
    double band = 4 * Math.sqrt(0.9 * 0.1 * (1 / 300.0 + 1 / 500.0));
    assertEquals(0.9, evaluated.json().get("test_interval_coverage").asDouble(), band);
    Outcome predicted =
        Outcome.of(
            "predict",
            "--checkpoint",
            out().toString(),
            "--json",
            table("one.csv", 1, 4).toString());
    JsonNode interval = predicted.json().get(0).get("interval");
    double mean = predicted.json().get(0).get("mean").asDouble();
    assertEquals(mean, (interval.get(0).asDouble() + interval.get(1).asDouble()) / 2, 1e-6 * mean);
    assertTrue(predicted.out().contains("promised from"), predicted.out());
    Outcome none = Outcome.of("evaluate", "--checkpoint", out().toString(), "--risk", "0.1");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("risk is 0.1, but the network predicts [rent]"), none.err());
  }

  /** The width is twice the factor times the standard deviation of each row of the table. */
  private void comparesAndReportsIntervals(Path run, double coverage) throws IOException {
    double factor =
        Checkpoint.read(out())
            .calibration()
            .flatMap(Calibration::ofValues)
            .orElseThrow()
            .intervals()
            .get(0)
            .factor();
    Files.copy(out(), run.resolve("best.safetensors"), StandardCopyOption.REPLACE_EXISTING);
    Path far = table("far.csv", 30, 5);
    String best = run.resolve("best.safetensors").toString();
    Outcome compared =
        Outcome.of(
            "uncertainty",
            "--checkpoint",
            best,
            "--ood",
            far.toString(),
            "--samples",
            "3",
            "--json");
    assertEquals(0, compared.code(), compared.err());
    List<String[]> rows =
        Files.readAllLines(Path.of(compared.json().get("csv").asText())).stream()
            .map(line -> line.split(","))
            .toList();
    List<String> columns = Arrays.asList(rows.get(0));
    double sum = 0;
    for (String[] row : rows.subList(rows.size() - 30, rows.size())) {
      double mean = Double.parseDouble(row[columns.indexOf("mean")]);
      double epistemic = Double.parseDouble(row[columns.indexOf("epistemic_std")]);
      double aleatoric = Double.parseDouble(row[columns.indexOf("aleatoric_std")]);
      double half = factor * Math.hypot(epistemic, aleatoric);
      String high = row[columns.indexOf("upper_promised")];
      assertEquals(mean + half, Double.parseDouble(high), 1e-6 * mean);
      sum += 2 * half;
    }
    double width = compared.json().get("ood").get("interval_width").get("rent").asDouble();
    assertEquals(sum / 30, width, 1e-6 * width);
    String shown =
        compared.out().lines().filter(l -> l.startsWith("promised width, rent")).findFirst().get();
    assertEquals(width, Double.parseDouble(shown.replaceFirst(".* ", "")), 1e-3 * width);

    Outcome reported = Outcome.of("report", run.toString(), "--samples", "3");
    assertEquals(0, reported.code(), reported.err());
    String page = Files.readString(run.resolve("report.html"));
    String row =
        "promised 90 %</th><td>" + String.format(Locale.ROOT, "%.2f %%", 100 * coverage) + "</td>";
    assertTrue(page.contains(row), row);
  }

  private void saysWhereItIsLeftOut(Path run, Path net, Path table) {
    String best = run.resolve("best.safetensors").toString();
    String small = folder.resolve("small.safetensors").toString();
    String again = folder.resolve("again").toString();
    Map<String, String> commands =
        Map.of(
            "evaluate --estimator point --checkpoint " + best,
            "predictions by the saved estimator: leave --estimator out, or calibrate with"
                + " --estimator point",
            "prune --keep 0.5 --checkpoint " + best + " " + small,
            "the network with all weights: calibrate " + small,
            "train --epochs 1 --target rent --from %s --net %s --dataset %s --out %s"
                .formatted(best, net, table, again),
            "the weights before this training: calibrate what it leaves");
    commands.forEach(
        (command, expected) -> {
          Outcome outcome = Outcome.of(command.split(" "));
          assertEquals(0, outcome.code(), outcome.err());
          String left = "the calibration in " + best + " is left out, for it is that of ";
          assertTrue(outcome.err().contains(left + expected), outcome.err());
        });
    Outcome kept = Outcome.of("evaluate", "--checkpoint", best);
    assertFalse(kept.err().contains("left out"), kept.err());
  }

  private Path table(String name, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("area,rent\n");
    for (int i = 0; i < rows; i++) {
      double area = 20 + 80 * random.nextDouble();
      double rent = 300 + 12 * area + 90 * random.nextGaussian();
      text.append(area).append(',').append(rent).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }
}
