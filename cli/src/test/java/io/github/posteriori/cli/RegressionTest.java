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
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, counts and several labels of tables through the commands. */
class RegressionTest {
  private static final double NOISE = 4000;

  @TempDir private Path folder;

  @Test
  void aLineWithNoiseIsLearnedWithItsNoiseAndFartherOutIsLessCertain() throws IOException {
    Path table = Files.writeString(folder.resolve("rents.csv"), line(1500, 1));
    Path fresh = Files.writeString(folder.resolve("fresh.csv"), line(4000, 2));
    Path net = net("@BayesLinear(out = Dim.FREE) Layer fc;");
    Path run = folder.resolve("run");

    Outcome trained =
        train(net, table, run, "rent [EUR]", "--epochs", "20", "--lr", "0.02", "--batch", "16");

    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.err().contains(", likelihood heteroscedastic, on 1350 examples of "));
    assertTrue(trained.err().matches("(?s).*epoch 20/20 .* RMSE \\d.* valid NLL .* RMSE \\d.*"));
    assertTrue(
        Files.readString(run.resolve("metrics.csv"))
            .startsWith(
                "epoch,train_loss,train_nll,kl,train_rmse,valid_loss,valid_nll,valid_rmse"));
    JsonNode figures = trained.json();
    assertTrue(figures.has("valid_rmse") && !figures.has("test_accuracy"), figures.toString());

    String checkpoint = run.resolve("best.safetensors").toString();
    Path pictures = folder.resolve("pictures");
    JsonNode measured =
        asked(
            "evaluate",
            "--checkpoint",
            checkpoint,
            "--dataset",
            fresh.toString(),
            "--out",
            pictures.toString());
    assertEquals(NOISE, measured.get("test_rmse").asDouble(), 0.03 * NOISE);
    assertEquals(0.95, measured.get("test_coverage_95").asDouble(), 0.01);
    double nll = 0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(NOISE);
    assertEquals(nll, measured.get("test_nll").asDouble(), 0.03);
    for (String file : List.of("predicted-observed.png", "coverage.png", "band.png")) {
      assertTrue(Files.size(pictures.resolve(file)) > 1000, file);
    }
    List<String> rows = Files.readAllLines(pictures.resolve("predictions.csv"));
    assertEquals(4001, rows.size());
    assertTrue(rows.get(1).startsWith("0,rent [EUR],"), rows.get(1));

    Path ask = Files.writeString(folder.resolve("ask.csv"), "area\n50\n1000\nfew\n");
    Outcome predicted = Outcome.of("predict", "--checkpoint", checkpoint, ask.toString(), "--json");
    assertEquals(1, predicted.code(), "the last row is no number");
    JsonNode near = predicted.json().get(0);
    JsonNode far = predicted.json().get(1);
    assertEquals(ask + ":2", near.get("file").asText());
    assertEquals("rent [EUR]", near.get("target").asText());
    assertEquals(150_000, near.get("mean").asDouble(), 0.3 * NOISE);
    assertEquals(NOISE, near.get("aleatoric_std").asDouble(), 0.1 * NOISE);
    assertTrue(far.get("epistemic_std").asDouble() > 5 * near.get("epistemic_std").asDouble());
    JsonNode interval = near.get("interval_95");
    double below = near.get("mean").asDouble() - interval.get(0).asDouble();
    double above = interval.get(1).asDouble() - near.get("mean").asDouble();
    assertEquals(1.96 * NOISE, below, 0.1 * 1.96 * NOISE);
    assertEquals(1.96 * NOISE, above, 0.1 * 1.96 * NOISE);

    Path out = Files.writeString(folder.resolve("out.csv"), "area\n900\n1000\n1100\n");
    JsonNode compared = asked("uncertainty", "--checkpoint", checkpoint, "--ood", out.toString());
    assertEquals(1, compared.get("auroc").asDouble());
    assertTrue(
        compared.get("ood").get("epistemic_std").get("rent [EUR]").asDouble()
            > compared.get("in").get("epistemic_std").get("rent [EUR]").asDouble());
    assertTrue(Files.size(Path.of(compared.get("picture").asText())) > 1000);

    Outcome reported = Outcome.of("report", run.toString(), "--samples", "5");
    assertEquals(0, reported.code(), reported.err());
    String page = Files.readString(run.resolve("report.html"));
    for (String part :
        List.of("The band of rent [EUR]", "rent [EUR] along area", "RMSE", "hold what they")) {
      assertTrue(page.contains(part), part);
    }
  }

  /** Areas from 0 to 100, and rents of 100,000 and 1,000 for each, with noise. */
  private static String line(int rows, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("area,rent [EUR]\n");
    for (int i = 0; i < rows; i++) {
      double area = 100 * random.nextDouble();
      text.append(area).append(',');
      text.append(100_000 + 1000 * area + NOISE * random.nextGaussian()).append('\n');
    }
    return text.toString();
  }

  @Test
  void whatNewWritesFitsTheTargetsOfEachLikelihood() throws IOException {
    StringBuilder text = new StringBuilder("x,colour,visits,sunny,windy\n");
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      text.append(random.nextDouble()).append(i % 2 == 0 ? ",red," : ",blue,").append(i % 7);
      text.append(',').append(i % 2).append(',').append(i / 30).append('\n');
    }
    Path table = Files.writeString(folder.resolve("days.csv"), text);
    assertTarget(table, "visits", "poisson", 1, "[\"visits\"]");
    assertTarget(table, "sunny,windy", "bernoulli", 2, "[\"sunny\",\"windy\"]");
    assertTarget(table, "visits,sunny", "heteroscedastic", 4, "[\"visits\",\"sunny\"]");
  }

  @Test
  void unbalancedLabelsAreReportedWithTheirRemedy() throws IOException {
    StringBuilder text = new StringBuilder("x,even,fog,sky,never\n");
    for (int i = 0; i < 200; i++) {
      text.append(i * 0.01).append(',').append(i % 2).append(',').append(i % 10 == 0 ? 1 : 0);
      text.append(',').append(i % 20 == 0 ? 0 : 1).append(",0\n");
    }
    Path table = Files.writeString(folder.resolve("weather.csv"), text);
    String net = folder.resolve("Weather.java").toString();
    String[] data = {
      "--dataset", table.toString(), "--target", "even,fog,sky,never", "--likelihood", "bernoulli"
    };
    Outcome written = Outcome.of(with(data, "new", net));
    assertEquals(0, written.code(), written.err());
    String run = folder.resolve("weather").toString();
    String[] train =
        with(data, "train", "--net", net, "--epochs", "1", "--overwrite", "--out", run);
    String said = Outcome.of(train).err();
    assertTrue(
        Pattern.compile(
                "unbalanced labels of \\d+ examples, sky with \\d+, fog with \\d+: with --balance"
                    + " the loss weights them")
            .matcher(said)
            .find(),
        said);
    String balanced = Outcome.of(with(new String[] {"--balance"}, train)).err();
    assertTrue(balanced.contains(": the loss weights them"), balanced);
  }

  private void assertTarget(Path table, String target, String likelihood, int outputs, String names)
      throws IOException {
    Path net = folder.resolve("Of" + likelihood + ".java");
    Path run = folder.resolve(likelihood);
    String[] data = {
      "--dataset",
      table.toString(),
      "--target",
      target,
      "--ignore",
      "windy",
      "--likelihood",
      likelihood
    };
    boolean labels = likelihood.equals("bernoulli");
    if (labels) {
      data[5] = "visits";
    }
    Outcome written = Outcome.of(with(data, "new", net.toString()));
    assertEquals(0, written.code(), written.err());
    assertTrue(Files.readString(net).contains("@BayesLinear(out = " + outputs + ")"));
    Outcome trained =
        Outcome.of(
            with(
                data,
                "train",
                "--net",
                net.toString(),
                "--epochs",
                "1",
                "--balance=" + labels,
                "--out",
                run.toString()));
    assertEquals(0, trained.code(), trained.err());
    JsonNode config = Runs.config(run);
    assertEquals(0.02, config.get("lr").asDouble(), "tables have their recipe");
    assertEquals("0.1", config.get("beta").asText());

    String checkpoint = run.resolve("best.safetensors").toString();
    JsonNode measured = asked("evaluate", "--checkpoint", checkpoint);
    assertTrue(measured.has(labels ? "test_macro_f1" : "test_coverage_95"), measured.toString());
    if (labels) {
      assertFilesHoldTheMetrics(checkpoint, measured);
    }
    Path ask = Files.writeString(folder.resolve("ask.csv"), "x,colour,sunny\n0.5,red,1\n");
    JsonNode answers = asked("predict", "--checkpoint", checkpoint, ask.toString());
    List<String> told = new ArrayList<>();
    answers.forEach(one -> told.add(one.get(labels ? "label" : "target").toString()));
    assertEquals(names, told.toString().replace(" ", ""));
    assertFalse(answers.get(0).get(labels ? "probability" : "mean").isNull());
    asked("uncertainty", "--checkpoint", checkpoint, "--samples", "2", "--ood", ask.toString());
    assertEquals(0, Outcome.of("report", run.toString(), "--samples", "2").code());
    Outcome resumed = Outcome.of("train", "--resume", "--out", run.toString());
    assertEquals(0, resumed.code(), resumed.err());
  }

  /** The table of predicted labels has each probability, from which the metrics follow. */
  private void assertFilesHoldTheMetrics(String checkpoint, JsonNode measured) throws IOException {
    Path out = folder.resolve("labels");
    asked("evaluate", "--checkpoint", checkpoint, "--out", out.toString());
    List<String> rows = Files.readAllLines(out.resolve("predictions.csv"));
    assertEquals("index,label,holds,probability", rows.get(0));
    double logarithms = 0;
    int right = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      assertTrue(List.of("sunny", "windy").contains(cells[1]), row);
      double probability = Double.parseDouble(cells[3]);
      boolean holds = cells[2].equals("1");
      logarithms -= Math.log(holds ? probability : 1 - probability);
      right += holds == probability >= 0.5 ? 1 : 0;
    }
    int labels = rows.size() - 1;
    assertEquals(12, labels, "two for each of six examples");
    assertEquals(right / 12.0, measured.get("test_accuracy").asDouble(), 1e-12);
    // Labels are independent given the weights; averaged over them they are so nearly.
    assertEquals(logarithms / 6, measured.get("test_nll").asDouble(), 0.05);
    assertTrue(Files.size(out.resolve("reliability.png")) > 1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "price|--balance|balance is true, but the heteroscedastic likelihood has no classes",
        "price|--augment mixup:0.2|leave mixup out",
        "kind|--likelihood poisson|has classes as targets, expected numbers for the poisson",
        "price|--likelihood poisson|expected a count",
        "price|--likelihood bernoulli|expected 1 where the label holds and 0 where",
        "price,kind|--epochs 1|column 'kind': found words, such as 'a', expected numbers",
        "price,size|--epochs 1|has 2 outputs, but t.csv has 2 targets [price, size], for which the",
        "price|--method mc-dropout|has no layer that drops, expected one",
        "price|--method laplace --estimator lrt|draws its weights from a posterior already",
        "price|--likelihood gauss|the likelihood is 'gauss', expected categorical, gaussian,",
      })
  void whatDoesNotFitIsRefusedBeforeTheRunHasAFolder(String target, String more, String expected)
      throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("t.csv"), "x,size,price,kind\n" + "1,2,-1.5,a\n2,3,0.5,b\n".repeat(10));
    Path run = folder.resolve("run");
    boolean fixed = target.equals("price,size");
    Path net = net("@BayesLinear(out = " + (fixed ? "2" : "Dim.FREE") + ") Layer fc;");
    String[] options = more.split(" ");
    if (fixed) {
      options = new String[] {"--likelihood", "heteroscedastic"};
    }

    Outcome refused = train(net, table, run, target, options);

    assertTrue(refused.code() != 0, refused.out());
    assertTrue(refused.err().contains(expected), refused.err());
    assertFalse(Files.exists(run.resolve("config.json")));
  }

  private static Outcome train(Path net, Path table, Path run, String target, String... more) {
    String[] options = {
      "train",
      "--net",
      net.toString(),
      "--dataset",
      table.toString(),
      "--target",
      target,
      "--out",
      run.toString(),
      "--json"
    };
    return Outcome.of(with(more, options));
  }

  private static String[] with(String[] more, String... first) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private static JsonNode asked(String... arguments) throws IOException {
    Outcome outcome = Outcome.of(with(new String[] {"--json"}, arguments));
    assertEquals(0, outcome.code(), outcome.err());
    return outcome.json();
  }

  private Path net(String layers) throws IOException {
    return Files.writeString(
        folder.resolve("Net.java"),
        """
        import io.github.posteriori.*;
        import io.github.posteriori.annotations.*;

        @BayesModel(features = Dim.FREE)
        class Net {
          %s
        }
        """
            .formatted(layers));
  }
}
