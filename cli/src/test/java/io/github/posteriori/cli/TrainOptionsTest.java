package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Where the settings of a training come from, and what a run keeps of it. */
class TrainOptionsTest {
  @TempDir Path folder;

  private static Outcome train(Path run, String... more) {
    return Runs.train("--limit 200 --epochs 2 --batch 64", run, more);
  }

  private Path config(String... lines) throws IOException {
    return Files.writeString(folder.resolve("my.properties"), String.join("\n", lines) + "\n");
  }

  @Test
  void theCommandLineOverridesTheFileAndTheFileOverridesTheRecipe() throws IOException {
    Path file = config("# mine", "lr = 0.007 ", "beta=soenderby", "valid-size=0.5", "record=fc1");
    Path out = folder.resolve("run");
    Outcome trained =
        train(out, "--config", file.toString(), "--beta", "0.5", "--record", "conv1,conv2");
    assertEquals(0, trained.code(), trained.err());
    JsonNode config = Runs.config(out);
    assertEquals(0.007, config.get("lr").asDouble(), "the file's, not the recipe's 0.003");
    assertEquals("0.5", config.get("beta").asText(), "the command line's, not the file's");
    assertEquals(0.5, config.get("validSize").asDouble(), "the file's, not the option's default");
    assertEquals("[\"conv1\",\"conv2\"]", config.get("record").toString(), "not fc1 as well");
    assertEquals(2, config.get("epochs").asInt());
  }

  @Test
  void theConfigurationOfARunRepeatsItToTheSameBytes() throws IOException {
    Path first = folder.resolve("first");
    train(
        first,
        "--lr",
        "0.004",
        "--recipe",
        "original",
        "--estimator",
        "bbb",
        "--train-ens",
        "2",
        "--valid-size",
        "0.25",
        "--prior-sigma",
        "he",
        "--rho",
        "-4.5",
        "--rotation",
        "5",
        "--shift",
        "1",
        "--flip",
        "--seed",
        "9",
        "--record",
        "fc3");
    Path second = folder.resolve("second");
    Outcome repeated =
        Outcome.of(
            "train",
            "--config",
            first.resolve("config.properties").toString(),
            "--out",
            second.toString());
    assertEquals(0, repeated.code(), repeated.err());
    for (String file :
        List.of("best.safetensors", "config.json", "config.properties", "posteriors.csv")) {
      assertArrayEquals(
          Files.readAllBytes(first.resolve(file)), Files.readAllBytes(second.resolve(file)), file);
    }
    JsonNode config = Runs.config(first);
    assertEquals("\"he\"", config.get("priors").get("sigma").toString());
  }

  @Test
  void aMixtureAsPriorIsKept() throws IOException {
    Path whole = folder.resolve("whole");
    String[] prior = {"--prior", "mixture:0.5,he,0.002", "--estimator", "lrt", "--record", "fc3"};
    assertEquals(0, train(whole, prior).code());
    assertTrue(
        Files.readString(whole.resolve("config.properties"))
            .contains("prior=mixture:0.5,he,0.002\n"));
    JsonNode config = Runs.config(whole);
    assertEquals(
        "{\"share\":0.5,\"sigma2\":0.002}", config.get("priors").get("mixture").toString());
    assertEquals(
        2,
        train(folder.resolve("no"), "--prior-sigma", "1", "--prior", "mixture:0.5,1,0.1").code());
    assertEquals(
        2,
        train(folder.resolve("no"), "--optimiser", "ivon", "--prior", "mixture:0.5,1,0.1").code());
  }

  @Test
  void theAverageIsKeptAndTheStepsAreThoseWithoutIt() throws IOException {
    Path plain = folder.resolve("plain");
    Path averaged = folder.resolve("averaged");
    assertEquals(0, train(plain).code());
    Outcome trained = train(averaged, "--average", "swa:1");
    assertEquals(0, trained.code(), trained.err());
    assertEquals("swa:1", Runs.config(averaged).get("average").asText());
    assertFalse(Runs.config(plain).has("average"), "runs without it are what they were");
    for (int epoch = 1; epoch <= 2; epoch++) {
      String[] before = Files.readAllLines(plain.resolve("metrics.csv")).get(epoch).split(",");
      String[] with = Files.readAllLines(averaged.resolve("metrics.csv")).get(epoch).split(",");
      assertEquals(before[1], with[1], "the loss of training");
      assertEquals(epoch == 1, before[3].equals(with[3]), "the KL divergence of what is kept");
    }
    byte[] last = Files.readAllBytes(averaged.resolve("last.safetensors"));
    byte[] state = Files.readAllBytes(averaged.resolve("optimiser-2.safetensors"));
    assertEquals(0, train(averaged, "--average", "swa:1", "--resume").code());
    assertArrayEquals(last, Files.readAllBytes(averaged.resolve("last.safetensors")));
    assertArrayEquals(state, Files.readAllBytes(averaged.resolve("optimiser-2.safetensors")));
    Outcome other = train(averaged, "--average", "none", "--resume");
    assertEquals(1, other.code());
    assertTrue(other.err().contains("average is nothing, expected swa:1"), other.err());
    Outcome refused = train(folder.resolve("refused"), "--average", "swa");
    assertEquals(2, refused.code());
    assertTrue(
        refused.err().contains("expected none, ema, ema:DECAY or swa:EPOCHS"), refused.err());
  }

  @Test
  void oneShardHasNothingToExchange() {
    Outcome alone = train(folder.resolve("no"), "--exchange", "bfloat16");
    assertEquals(2, alone.code());
    assertTrue(alone.err().contains("add --shards N"), alone.err());
    Outcome refused = train(folder.resolve("no"), "--shards", "2", "--exchange", "bfloat");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("did you mean bfloat16?"), refused.err());
  }

  @Test
  void labelsAreSmoothedForClassesAlone() throws IOException {
    Path plain = folder.resolve("plain");
    Path smoothed = folder.resolve("smoothed");
    assertEquals(0, train(plain).code());
    assertEquals(0, train(smoothed, "--label-smoothing", "0.1").code());
    assertEquals(0.1, Runs.config(smoothed).get("labelSmoothing").asDouble());
    assertFalse(Runs.config(plain).has("labelSmoothing"), "runs without it are what they were");
    String before = Files.readAllLines(plain.resolve("metrics.csv")).get(1).split(",")[2];
    String after = Files.readAllLines(smoothed.resolve("metrics.csv")).get(1).split(",")[2];
    assertTrue(Double.parseDouble(after) > Double.parseDouble(before), "the loss of training");
    String rows = "x,y\n" + "1,0.5\n2,0.7\n".repeat(9);
    String table = Files.writeString(folder.resolve("t.csv"), rows).toString();
    String net = folder.resolve("Net.java").toString();
    assertEquals(0, Outcome.of("new", net, "--dataset", table, "--target", "y").code());
    Path refused = folder.resolve("refused");
    String[] smoothing = {"--label-smoothing", "0.1", "--out", refused.toString()};
    Outcome numbers =
        Outcome.of(
            Stream.concat(
                    Stream.of("train", "--net", net, "--dataset", table, "--target", "y"),
                    Stream.of(smoothing))
                .toArray(String[]::new));
    assertEquals(2, numbers.code(), numbers.err());
    assertTrue(numbers.err().contains("has no classes whose labels could be"), numbers.err());
    assertFalse(Files.exists(refused));
    assertEquals(2, train(folder.resolve("refused"), "--label-smoothing", "1").code());
  }

  @Test
  void theFormerNameOfARecipeIsTakenAndTheNewOneIsSaid() throws IOException {
    Path out = folder.resolve("run");
    Outcome trained = train(out, "--recipe", "seed");
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.err().contains("recipe 'seed' is now 'original'"), trained.err());
    JsonNode config = Runs.config(out);
    assertEquals("original", config.get("recipe").asText());
    assertEquals("SOFTPLUS", config.get("activation").asText());
    Outcome refused = train(folder.resolve("refused"), "--recipe", "orignal");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("did you mean original?"), refused.err());
  }

  @Test
  void anotherOptimiserThanTheRecipesHasALearningRateOfItsOwn() throws IOException {
    Path out = folder.resolve("run");
    assertEquals(0, train(out, "--optimiser", "sgd").code());
    JsonNode config = Runs.config(out);
    assertEquals("SGD", config.get("optimiser").asText());
    assertEquals(1e-6, config.get("lr").asDouble());
    Outcome refused = train(folder.resolve("refused"), "--optimiser", "sdg");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("did you mean sgd?"), refused.err());
  }

  @Test
  void aRunKeepsEveryOptionThatDecidesIt() throws IOException {
    Path out = folder.resolve("run");
    Path start = folder.resolve("start");
    train(start);
    String weights = start.resolve("best.safetensors").toString();
    String[] starting = {"--record", "fc1", "--from", weights, "--moped", "0.1"};
    String[] sizes = {"--dim", "classes=10", "--only-classes", "9,8,7,6,5,4,3,2,1,0"};
    String[] columns = {
      "--target", "kind", "--ignore", "id,name", "--classes", "--likelihood", "categorical"
    };
    String[] measuring = {"--tta", "shift:1", "--label-smoothing", "0.1"};
    String[] method = {
      "--method",
      "ensemble",
      "--members",
      "2",
      "--estimator",
      "lrt",
      "--shards",
      "2",
      "--average",
      "swa:1",
      "--exchange",
      "local:2",
      "--corrupt",
      "gaussian-noise:1"
    };
    Outcome trained =
        train(
            out,
            Stream.of(starting, sizes, columns, measuring, method)
                .flatMap(Stream::of)
                .toArray(String[]::new));
    assertEquals(0, trained.code(), trained.err());
    Properties saved = new Properties();
    try (Reader reader = Files.newBufferedReader(out.resolve("config.properties"))) {
      saved.load(reader);
    }
    Set<String> options = new TreeSet<>();
    for (var option : new CommandLine(new TrainCommand()).getCommandSpec().options()) {
      options.add(option.longestName().substring(2));
    }
    options.removeAll(
        Set.of(
            "help",
            "version",
            "config",
            "out",
            "overwrite",
            "resume",
            "json",
            "offline",
            "classpath",
            "trust",
            "spark", // whose executors leave the same run: see SparkCommandsTest
            "prior", // which only a run with a mixture has: see aMixtureAsPriorIsKept
            "hessian", // which only a run with IVON has, like the next: see IvonOptionsTest
            "hessian-decay"));
    assertEquals(options, saved.stringPropertyNames());
  }

  @Test
  void aConfigurationMeansWhatItSays() throws IOException {
    for (String data : List.of("${sys:user.home}/data", "${env:DATA", "$$5", "a$b")) {
      Path file = Files.writeString(folder.resolve("my.properties"), "data=" + data + "\n");
      CommandLine command = new CommandLine(new TrainCommand());
      command.parseArgs("--config", file.toString());
      assertEquals(data, command.getCommandSpec().findOption("--data").getValue().toString());
    }
  }

  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        Arguments.of("sets 'train_ens'", "did you mean train-ens?", "train_ens=2"),
        Arguments.of("sets 'epoch'", "did you mean epochs?", "epoch=2"),
        Arguments.of("sets 'help'", "expected the long name", "help=true"),
        Arguments.of("sets 'config'", "expected the long name", "config=other.properties"),
        Arguments.of("--lr", "'fast' is not a double", "lr=fast"),
        Arguments.of("--epochs", "'' is not an int", "epochs="),
        Arguments.of(
            "--prior-sigma", "sigma is -1, expected a number above 0, or he", "prior-sigma=-1"),
        Arguments.of(
            "--prior-sigma", "sigma is wide, expected a number above 0, or he", "prior-sigma=wide"),
        Arguments.of("--prior", "expected mixture:SHARE,SIGMA1,SIGMA2", "prior=mixture:0.5,0.1"),
        Arguments.of("--prior", "prior share is 1.5", "prior=mixture:1.5,0.1,0.002"),
        Arguments.of("[lrt, bbb, point]", "mcmc", "estimator=mcmc"),
        Arguments.of("kind is 'frequent'", "expected one of", "kind=frequent"),
        Arguments.of("cannot read the configuration", "lines such as epochs=20", "lr=\\u00g0"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("wrongConfigurations")
  void aWrongConfigurationIsRefusedLikeAWrongOption(String found, String remedy, String line)
      throws IOException {
    Path refused = folder.resolve("refused");
    Outcome outcome =
        Outcome.of(
            "train",
            "--limit",
            "50",
            "--config",
            config(line).toString(),
            "--out",
            refused.toString());
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(found), outcome.err());
    assertTrue(outcome.err().contains(remedy), outcome.err());
    assertFalse(Files.exists(refused));
  }

  @Test
  void aMissingConfigurationIsNamed() {
    Outcome outcome = Outcome.of("train", "--config", folder.resolve("absent").toString());
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("absent (there is no such file)"), outcome.err());
  }

  @Test
  void recordedPosteriorsAreKeptInTablesAndAPicture() throws IOException {
    Path out = folder.resolve("run");
    assertEquals(0, train(out, "--record", "conv1", "--record", "fc1,fc2").code());
    List<String> rows = Files.readAllLines(out.resolve("posteriors.csv"));
    assertEquals(1 + 3 * 3 * 2, rows.size(), "start and 2 epochs of 3 layers' weights and biases");
    int columns = rows.get(0).split(",").length;
    assertTrue(rows.stream().allMatch(row -> row.split(",").length == columns), rows.get(1));
    assertTrue(rows.get(1).startsWith("0,conv1,W,150,0.0,0.282842712474619,"), rows.get(1));
    List<String> weights = Files.readAllLines(out.resolve("weights.csv"));
    assertEquals(1 + 3 * (16 + 6 + 4 * 16), weights.size(), "at most 16 of each tensor");
    BufferedImage picture = ImageIO.read(out.resolve("posteriors.png").toFile());
    assertEquals(3 * 400, picture.getHeight(), "a row for each layer");

    assertEquals(0, train(out, "--overwrite").code());
    for (String file : List.of("posteriors.csv", "weights.csv", "posteriors.png")) {
      assertFalse(Files.exists(out.resolve(file)), file + " is of the run that was replaced");
    }
  }

  @Test
  void trainSaysThatItStoppedEarly() throws IOException {
    Outcome trained =
        Outcome.of(
            "train",
            "--limit",
            "200",
            "--batch",
            "50",
            "--epochs",
            "40",
            "--lr",
            "0.1",
            "--estimator",
            "point",
            "--patience",
            "1",
            "--json",
            "--out",
            folder.resolve("run").toString());
    assertEquals(0, trained.code(), trained.err());
    int epochs = trained.json().get("epochs").asInt();
    assertTrue(epochs < 40, "stopped after " + epochs);
    assertTrue(
        trained.err().contains("stopped early, after epoch " + epochs + " of 40"), trained.err());
  }
}
