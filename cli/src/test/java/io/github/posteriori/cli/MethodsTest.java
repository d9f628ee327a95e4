package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train --method}, and what later commands make of its checkpoint. */
class MethodsTest {
  private static final String DROPPING =
      """
      import io.github.posteriori.Layer;
      import io.github.posteriori.annotations.*;

      @BayesModel(channels = 1, height = 32, width = 32)
      class Dropping {
        @MaxPool(kernel = 4, stride = 4) Layer pool;
        @Flatten Layer flatten;
        @Linear(out = 16) Layer fc1;
        @Activate(Activation.RELU) Layer act;
        @Dropout(0.3) Layer drop;
        @Linear(out = 10) Layer fc2;
      }
      """;

  @TempDir Path folder;

  private Path dropping() throws IOException {
    return Files.writeString(folder.resolve("Dropping.java"), DROPPING);
  }

  private static Outcome train(Path run, String... more) {
    return Runs.train("--limit 200 --batch 64 --json", run, more);
  }

  private static String best(Path run) {
    return run.resolve("best.safetensors").toString();
  }

  private static Outcome evaluate(Path run) {
    return Outcome.of(
        "evaluate", "--checkpoint", best(run), "--limit", "200", "--samples", "10", "--json");
  }

  /** What {@code train} measured is measured again by {@code evaluate}. */
  private static void assertMeasuresAlike(Outcome trained, Path run, String method)
      throws IOException {
    assertEquals(0, trained.code(), trained.err());
    Outcome evaluated = evaluate(run);
    assertEquals(0, evaluated.code(), evaluated.err());
    assertEquals(method, trained.json().get("method").asText());
    assertEquals(method, evaluated.json().get("method").asText());
    assertEquals(trained.json().get("test_nll"), evaluated.json().get("test_nll"));
  }

  @Test
  void anEnsembleHasOrdinaryRunsAsItsMembers() throws IOException {
    String net = dropping().toString();
    Path run = folder.resolve("run");
    Outcome trained =
        train(run, "--net", net, "--epochs", "2", "--method", "ensemble", "--members", "2");
    assertMeasuresAlike(trained, run, "ensemble");
    assertEquals(4, trained.json().get("epochs").asInt(), "of all members");
    assertEquals(5, Files.readAllLines(run.resolve("metrics.csv")).size());

    Path alone = folder.resolve("alone");
    Outcome single = train(alone, "--net", net, "--epochs", "2");
    assertFalse(single.json().has("method"), "a run of the posterior reports what it always did");
    assertArrayEquals(
        Files.readAllBytes(alone.resolve("best.safetensors")),
        Files.readAllBytes(run.resolve("member-1").resolve("best.safetensors")));
    double ofMember = evaluate(run.resolve("member-1")).json().get("test_nll").asDouble();
    assertTrue(trained.json().get("test_nll").asDouble() != ofMember, "the members differ");

    Outcome uncertainty =
        Outcome.of(
            "uncertainty",
            "--checkpoint",
            best(run),
            "--ood",
            "letters",
            "--limit",
            "50",
            "--json",
            "--out",
            folder.resolve("pictures").toString());
    assertEquals(0, uncertainty.code(), uncertainty.err());
    assertTrue(uncertainty.json().get("in").get("epistemic_softmax").asDouble() > 0);
    assertTrue(uncertainty.out().contains("samples of each: 2"), uncertainty.out());
    Outcome report = Outcome.of("report", run.toString(), "--limit", "50");
    assertEquals(0, report.code(), report.err());
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(
        page.contains("averaged over 2 draws by ensemble"), "the page says what it averages");
  }

  @Test
  void anEnsembleThatWasStoppedGoesOnWithItsMember() throws IOException {
    String net = dropping().toString();
    Path run = folder.resolve("run");
    train(run, "--net", net, "--epochs", "2", "--method", "ensemble", "--members", "2");
    byte[] whole = Files.readAllBytes(run.resolve("best.safetensors"));
    Files.delete(run.resolve("best.safetensors"));
    Files.delete(run.resolve("metrics.csv"));
    delete(run.resolve("member-2"));

    Outcome again = train(run, "--net", net, "--epochs", "2", "--method", "ensemble");
    assertEquals(1, again.code());
    assertTrue(again.err().contains("holds a run already"), again.err());
    Outcome resumed = Outcome.of("train", "--resume", "--out", run.toString());
    assertEquals(0, resumed.code(), resumed.err());
    assertTrue(resumed.err().contains("going on after epoch 2 of 2"), "the first member is done");
    assertArrayEquals(whole, Files.readAllBytes(run.resolve("best.safetensors")));

    Outcome replaced = train(run, "--net", net, "--epochs", "1", "--overwrite");
    assertEquals(0, replaced.code(), replaced.err());
    assertFalse(Files.exists(run.resolve("member-1")), "of the run that was replaced");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void dropoutAndTheLastLayerDrawAnewForEachSample() throws IOException {
    String net = dropping().toString();
    for (String method : List.of("mc-dropout", "laplace")) {
      Path run = folder.resolve(method);
      Outcome trained = train(run, "--net", net, "--epochs", "1", "--method", method);
      assertMeasuresAlike(trained, run, method);
      JsonNode config = Runs.config(run);
      assertEquals(method, config.get("method").asText());
      Outcome exported = Outcome.of("export", best(run), folder.resolve("model.onnx").toString());
      assertEquals(2, exported.code());
      assertTrue(exported.err().contains(method), exported.err());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ensemble,gaussian,1",
    "mc-dropout,heteroscedastic,2",
    "laplace,heteroscedastic,2",
    "laplace,poisson,1"
  })
  void numbersArePredictedByEachMethod(String method, String likelihood, int outputs)
      throws IOException {
    Path net =
        Files.writeString(
            folder.resolve("Visits.java"),
            DROPPING
                .replace("Dropping", "Visits")
                .replace("channels = 1, height = 32, width = 32", "features = 2")
                .replaceAll("  @(MaxPool|Flatten).*\n", "")
                .replace("out = 10", "out = " + outputs));
    StringBuilder rows = new StringBuilder("x,y,visits\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i % 10).append(',').append(i % 7).append(',').append(i % 10 + i % 3).append('\n');
    }
    Path table = Files.writeString(folder.resolve("visits.csv"), rows);
    Path run = folder.resolve(method);
    String data = "--net %s --dataset %s --target visits --likelihood %s --method %s --epochs 2";
    Outcome trained = train(run, data.formatted(net, table, likelihood, method).split(" "));
    assertMeasuresAlike(trained, run, method);
    Outcome predicted =
        Outcome.of("predict", "--checkpoint", best(run), table.toString(), "--json");
    assertEquals(0, predicted.code(), predicted.err());
    assertTrue(predicted.json().get(0).get("epistemic_std").asDouble() > 0, predicted.out());
    assertTrue(predicted.json().get(0).get("aleatoric_std").asDouble() > 0, predicted.out());
    Outcome report = Outcome.of("report", run.toString());
    assertEquals(0, report.code(), report.err());
  }

  @Test
  void aMethodThatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    Outcome dropless = train(run, "--method", "mc-dropout");
    assertEquals(2, dropless.code());
    assertTrue(dropless.err().contains("put @Dropout(0.5)"), dropless.err());
    Outcome sampled = train(run, "--method", "laplace", "--estimator", "lrt");
    assertEquals(2, sampled.code());
    assertTrue(sampled.err().contains("POINT"), sampled.err());
    Outcome members = train(run, "--members", "3");
    assertEquals(2, members.code());
    assertTrue(members.err().contains("--method ensemble"), members.err());
    assertEquals(2, train(run, "--method", "ensemble", "--members", "1").code());
    assertFalse(Files.exists(run));
  }
}
