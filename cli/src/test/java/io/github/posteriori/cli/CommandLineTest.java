package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.networks.ShippedNet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands as their user sees them: exit codes, messages, files and JSON. */
class CommandLineTest {
  @TempDir Path folder;

  private Outcome train(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--limit",
                "400",
                "--epochs",
                "2",
                "--batch",
                "64",
                "--out",
                out.toString(),
                "--json"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  @Test
  void trainLeavesARunFolderAndReportsInJson() throws IOException {
    Path out = folder.resolve("run");
    Outcome trained = train(out);
    assertEquals(0, trained.code(), trained.err());
    JsonNode json = trained.json();
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
        json.properties().stream().map(java.util.Map.Entry::getKey).toList());
    assertEquals("digits", json.get("dataset").asText());
    assertEquals("lrt", json.get("estimator").asText());
    assertTrue(json.get("test_accuracy").asDouble() > 0.2);
    assertEquals(out.resolve("best.safetensors").toString(), json.get("checkpoint").asText());

    assertEquals(2, Runs.config(out).get("epochs").asInt());
    List<String> rows = Files.readAllLines(out.resolve("metrics.csv"));
    assertEquals(3, rows.size());
    assertEquals(11, rows.get(2).split(",").length);
    assertTrue(ImageIO.read(out.resolve("curves.png").toFile()).getWidth() > 1000);
  }

  @Test
  void evaluateRepeatsWhatTrainMeasured() throws IOException {
    JsonNode trained = train(folder.resolve("run")).json();
    Outcome evaluated =
        Outcome.of(
            "evaluate",
            "--checkpoint",
            trained.get("checkpoint").asText(),
            "--limit",
            "400",
            "--batch",
            "64",
            "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    for (String key : List.of("test_accuracy", "test_nll", "test_brier", "test_aurc", "kl")) {
      assertEquals(trained.get(key).asDouble(), evaluated.json().get(key).asDouble(), 1e-6, key);
    }
    assertTrue(evaluated.json().get("train_loss").isNull());
  }

  @Test
  void evaluateSaysThatAnotherEstimatorReplacesTheSavedOne() throws IOException {
    String checkpoint = train(folder.resolve("run")).json().get("checkpoint").asText();
    Outcome evaluated =
        Outcome.of(
            "evaluate",
            "--checkpoint",
            checkpoint,
            "--limit",
            "50",
            "--estimator",
            "bbb",
            "--json");
    assertTrue(evaluated.err().contains("estimator BBB replaces the saved LRT"), evaluated.err());
    assertEquals("bbb", evaluated.json().get("estimator").asText());
  }

  @Test
  void twoRunsWithOneSeedWriteTheSameCheckpoint() throws IOException {
    train(folder.resolve("a"));
    train(folder.resolve("b"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a/best.safetensors")),
        Files.readAllBytes(folder.resolve("b/best.safetensors")));
    train(folder.resolve("c"), "--seed", "1");
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(folder.resolve("a/best.safetensors")),
            Files.readAllBytes(folder.resolve("c/best.safetensors"))));
  }

  @Test
  void aRunIsNotReplacedUnlessAsked() {
    Path out = folder.resolve("run");
    assertEquals(0, train(out).code());
    Outcome refused = train(out);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("--overwrite"), refused.err());
    assertEquals(0, train(out, "--overwrite").code());
  }

  @Test
  void frequentistNetworksTrainByTheSameCommand() throws IOException {
    Outcome trained = train(folder.resolve("run"), "--kind", "frequentist");
    assertEquals(0, trained.code(), trained.err());
    assertEquals("frequentist", trained.json().get("kind").asText());
    assertEquals("point", trained.json().get("estimator").asText());
    assertEquals(0, trained.json().get("kl").asDouble());
  }

  @Test
  void anEstimatorForAFrequentistCheckpointIsRefused() throws IOException {
    JsonNode trained = train(folder.resolve("run"), "--kind", "frequentist").json();
    String checkpoint = trained.get("checkpoint").asText();
    Outcome refused = Outcome.of("evaluate", "--checkpoint", checkpoint, "--estimator", "bbb");
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("is frequentist and has no posterior"), refused.err());
    assertFalse(refused.err().contains("replaces"), refused.err());
  }

  @Test
  void summaryCountsParametersAndMultiplyAdds() {
    Outcome summary = Outcome.of("summary", "--channels", "3", "--classes", "100");
    assertEquals(0, summary.code(), summary.err());
    String total =
        summary.out().lines().filter(line -> line.startsWith("total")).findFirst().orElseThrow();
    // 300 * 3 + 170 * 100 + 121412 parameters; 117600 * 3 + 84 * 100 + 298080 multiply-adds.
    assertEquals(List.of("total", "139,312", "659,280"), List.of(total.trim().split(" +")));
  }

  @Test
  void summaryKeepsItsColumnsInLine() {
    for (ShippedNet net : ShippedNet.values()) {
      List<String> lines = Outcome.of("summary", "--net", net.toString()).out().lines().toList();
      assertEquals(1, lines.stream().map(String::length).distinct().count(), net.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lenet|[1, 32, 32]",
        "mlp|[1, 28, 28]",
        "resnet20|[3, 32, 32]",
        "signal|[12, 1, 1024]"
      })
  void summaryGivesEachNetworkTheChannelsThatItUsuallyHas(String net, String input) {
    String images =
        Outcome.of("summary", "--net", net)
            .out()
            .lines()
            .filter(line -> line.startsWith("images"))
            .findFirst()
            .orElseThrow();
    assertTrue(images.contains(input), images);
  }

  static Stream<Arguments> wrongUses() {
    return Stream.of(
        Arguments.of("abacus", new String[] {"train", "--net", "abacus"}),
        Arguments.of("--colour", new String[] {"train", "--colour", "red"}),
        Arguments.of("'fotos'", new String[] {"train", "--dataset", "fotos"}),
        Arguments.of("batch is 0", new String[] {"train", "--batch", "0"}),
        Arguments.of("epochs is 0", new String[] {"train", "--epochs", "0"}),
        Arguments.of("lr is NaN", new String[] {"train", "--lr", "NaN"}),
        Arguments.of("--lr", new String[] {"train", "--lr", "fast"}),
        Arguments.of("beta is 'sometimes'", new String[] {"train", "--beta", "sometimes"}),
        Arguments.of("[lrt, bbb, point]", new String[] {"train", "--estimator", "mcmc"}),
        Arguments.of(
            "'sine', expected one of [softplus, relu, tanh, gelu, silu, leaky-relu, sigmoid,"
                + " identity]",
            new String[] {"train", "--activation", "sine"}),
        Arguments.of(
            "prior-sigma is 0, expected a number above 0, or he",
            new String[] {"train", "--prior-sigma", "0"}),
        Arguments.of("valid-size is 1.5", new String[] {"train", "--valid-size", "1.5"}),
        Arguments.of("train-ens is 0", new String[] {"train", "--train-ens", "0"}),
        Arguments.of("valid-ens is -2", new String[] {"train", "--valid-ens", "-2"}),
        Arguments.of("patience is -1", new String[] {"train", "--patience", "-1"}),
        Arguments.of(
            "did you mean conv1?",
            new String[] {"train", "--limit", "50", "--record", "fc1,cnov1"}),
        Arguments.of(
            "train a Bayesian one",
            new String[] {"train", "--limit", "50", "--kind", "frequentist", "--record", "fc1"}),
        Arguments.of(
            "did you mean blundell?", new String[] {"train", "--limit", "50", "--beta", "blundel"}),
        Arguments.of("limit is -3", new String[] {"train", "--limit", "-3"}),
        Arguments.of("one part empty", new String[] {"train", "--limit", "1"}),
        Arguments.of("found 'model'", new String[] {"train", "--activation", "model"}),
        Arguments.of(
            "frequentist", new String[] {"train", "--kind", "frequentist", "--estimator", "bbb"}),
        Arguments.of(
            "more numbers than an array", new String[] {"summary", "--channels", "1000000000"}),
        Arguments.of("recipe is 'pancake'", new String[] {"train", "--recipe", "pancake"}),
        Arguments.of("kind is 'frequent'", new String[] {"train", "--kind", "frequent"}),
        Arguments.of("engine is 'steam'", new String[] {"train", "--engine", "steam"}),
        Arguments.of("threads is -1", new String[] {"train", "--threads", "-1"}),
        Arguments.of("--checkpoint", new String[] {"evaluate"}),
        Arguments.of(
            "samples is 0",
            new String[] {"evaluate", "--checkpoint", "CHECKPOINT", "--samples", "0"}),
        Arguments.of(
            "make one with convert", new String[] {"evaluate", "--checkpoint", "model.pt"}),
        Arguments.of("channels is 0", new String[] {"summary", "--channels", "0"}),
        Arguments.of(
            "posteriori: Unknown option: '--epoch=2'", new String[] {"train", "--epoch=2"}),
        Arguments.of("'posteriori train --help'", new String[] {"train", "--seed", "two"}),
        Arguments.of("dance", new String[] {"dance"}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongUses")
  void aWrongUseIsExplainedAndExitsWithTwo(String named, String[] arguments) throws IOException {
    List<String> real = new ArrayList<>(Arrays.asList(arguments));
    if (real.contains("CHECKPOINT")) {
      real.set(
          real.indexOf("CHECKPOINT"),
          train(folder.resolve("run")).json().get("checkpoint").asText());
    } else if (real.get(0).equals("train")) {
      real.addAll(List.of("--out", folder.resolve("refused").toString()));
    }
    Outcome outcome = Outcome.of(real.toArray(String[]::new));
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(named), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    assertTrue(outcome.err().lines().count() < 4, "the message stays in sight");
    assertFalse(Files.exists(folder.resolve("refused")), "a refused run leaves no folder");
  }

  @Test
  void aRefusedRunLeavesTheOldOneInPlace() throws IOException {
    Path out = folder.resolve("run");
    byte[] best = Files.readAllBytes(Path.of(train(out).json().get("checkpoint").asText()));
    assertEquals(
        2, Outcome.of("train", "--limit", "1", "--out", out.toString(), "--overwrite").code());
    assertArrayEquals(best, Files.readAllBytes(out.resolve("best.safetensors")));
  }

  @Test
  void aTrainingThatDivergesInItsLastStepIsExplained() {
    Outcome outcome =
        failsOn(
            "train",
            "--limit",
            "20",
            "--epochs",
            "1",
            "--lr",
            "1e30",
            "--out",
            folder.resolve("wild").toString());
    assertTrue(outcome.err().contains("lower the learning rate"), outcome.err());
  }

  private Outcome failsOn(String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertEquals(1, outcome.code(), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    assertFalse(outcome.err().contains("unexpected"), outcome.err());
    return outcome;
  }

  @Test
  void missingDataIsNamed() {
    Outcome outcome =
        failsOn("train", "--dataset", "mnist", "--data", folder.toString(), "--offline");
    assertTrue(outcome.err().contains("train-labels-idx1-ubyte"), outcome.err());
  }

  @Test
  void truncatedAndMislabelledDataIsRefused() throws IOException {
    Path mnist = Files.createDirectories(folder.resolve("MNIST"));
    byte[] labels = {0, 0, 8, 1, 0, 0, 0, 2, 3, 4};
    byte[] images = new byte[16 + 2 * 784];
    System.arraycopy(
        new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28}, 0, images, 0, 16);
    byte[] wrongLabels = labels.clone();
    wrongLabels[9] = 11;
    write(mnist, Arrays.copyOf(images, images.length - 1), labels);
    assertTrue(
        failsOn("train", "--dataset", "mnist", "--data", folder.toString(), "--offline")
            .err()
            .contains("images-idx3"));
    write(mnist, images, wrongLabels);
    assertTrue(
        failsOn("train", "--dataset", "mnist", "--data", folder.toString(), "--offline")
            .err()
            .contains("label 11"));
    Files.write(mnist.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(gzip(images), 40));
    Files.write(mnist.resolve("train-labels-idx1-ubyte.gz"), gzip(labels));
    failsOn("train", "--dataset", "mnist", "--data", folder.toString(), "--offline");
  }

  private static void write(Path mnist, byte[] images, byte[] labels) throws IOException {
    Files.write(mnist.resolve("train-images-idx3-ubyte.gz"), gzip(images));
    Files.write(mnist.resolve("train-labels-idx1-ubyte.gz"), gzip(labels));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void anUnwritableFolderIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Outcome outcome = failsOn("train", "--limit", "100", "--out", file.resolve("run").toString());
    assertTrue(
        outcome.err().contains("cannot write to the run folder " + file.resolve("run")),
        outcome.err());
    String onFile = failsOn("train", "--limit", "100", "--out", file.toString()).err();
    assertTrue(onFile.contains("(A file is in the way)"), onFile);
  }

  @Test
  void aMissingAForeignAndACutCheckpointAreRefused() throws IOException {
    String absent = folder.resolve("absent.safetensors").toString();
    assertTrue(
        failsOn("evaluate", "--checkpoint", absent).err().contains("(No such file or folder)"));
    Path foreign =
        Files.writeString(folder.resolve("foreign.safetensors"), "this is no checkpoint at all");
    failsOn("evaluate", "--checkpoint", foreign.toString());
    Path whole = Path.of(train(folder.resolve("run")).json().get("checkpoint").asText());
    Path cut = folder.resolve("cut.safetensors");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(whole), 30_000));
    failsOn("evaluate", "--checkpoint", cut.toString());
  }

  @Test
  void aCheckpointOfAnotherNetIsRefused() throws IOException {
    Path bayesian = Path.of(train(folder.resolve("run")).json().get("checkpoint").asText());
    byte[] bytes = Files.readAllBytes(bayesian);
    // Without its checksum, which would refuse any change.
    String text =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("posteriori.crc32c", "not.the.checksum!");
    Path other = folder.resolve("other.safetensors");
    Files.write(
        other,
        text.replace("models.BayesLeNet", "models.OtherLeNet")
            .getBytes(StandardCharsets.ISO_8859_1));
    Outcome outcome = failsOn("evaluate", "--checkpoint", other.toString());
    assertTrue(outcome.err().contains("OtherLeNet"), outcome.err());
    Path mixed = folder.resolve("mixed.safetensors");
    Files.write(
        mixed,
        text.replace("models.BayesLeNet\\\"", "models.LeNet\\\"     ")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(
        failsOn("evaluate", "--checkpoint", mixed.toString()).err().contains("another network"));
  }

  @Test
  void helpIsEverywhere() {
    for (String[] arguments :
        new String[][] {
          {},
          {"--help"},
          {"train", "--help"},
          {"evaluate", "--help"},
          {"uncertainty", "--help"},
          {"predict", "--help"},
          {"mixture", "--help"},
          {"report", "--help"},
          {"summary", "--help"},
          {"convert", "--help"}
        }) {
      Outcome outcome = Outcome.of(arguments);
      assertEquals(0, outcome.code());
      assertTrue(outcome.out().contains("Usage: posteriori"), outcome.out());
    }
  }
}
