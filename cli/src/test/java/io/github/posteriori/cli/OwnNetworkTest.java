package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of a user's own on the command line. */
class OwnNetworkTest {
  private static final String IMPORTS =
      "import io.github.posteriori.*;\nimport io.github.posteriori.annotations.*;\n";
  private static final String FIELDS =
      """
        @AvgPool(kernel = 4)        Layer pool;
        @Flatten                    Layer flatten;
        @BayesLinear(out = 10)      Layer fc;
      """;
  private static final String NET =
      IMPORTS
          + "@BayesModel(channels = 1, height = 28, width = 28)\nclass Net {\n"
          + FIELDS
          + "}\n";

  /** Two networks in a package, and a block of one of them. */
  private static final String NETS =
      """
      package my.nets;

      import static io.github.posteriori.annotations.Dim.FREE;

      import io.github.posteriori.*;
      import io.github.posteriori.annotations.*;
      import io.github.posteriori.layers.*;
      import org.nd4j.linalg.api.ndarray.INDArray;

      class Nets {
        static final int CHANNELS = 2 * 2;

        @BayesModel(channels = FREE, height = FREE, width = FREE)
        static class Residual {
          @BayesConv(out = FREE, kernel = 1)                     Layer conv;
          @BayesConv(out = FREE, kernel = 1, from = "input")     Layer shortcut;
          @Add({"conv", "shortcut"})                             Layer sum;
        }

        @BayesModel(channels = FREE, height = FREE, width = FREE)
        static class Deep {
          @AvgPool(kernel = 4)                                   Layer pool;
          @Block(out = CHANNELS)                                 Residual block;
          @Flatten                                               Layer flatten;
          @BayesLinear(out = FREE)                               Layer hidden;
          @BayesLinear(out = FREE)                               Layer fc;
        }

        @BayesModel(features = FREE)
        static class Shallow {
          @BayesLinear(out = FREE)                               Layer fc;
        }
      }
      """;

  private static final String CUSTOM =
      """
      package my.nets;

      import io.github.posteriori.*;
      import io.github.posteriori.annotations.*;
      import io.github.posteriori.layers.*;
      import org.nd4j.linalg.api.ndarray.INDArray;

      class Outer {
        @BayesModel(channels = Dim.FREE, height = 28, width = 28)
        static class Net {
          @AvgPool(kernel = 4)         Layer pool;
          @Custom                      Twice twice;
          @Flatten                     Layer flatten;
          @Linear(out = Dim.FREE)      Layer fc;
        }
      }

      record Twice(String name, Shape input) implements CustomLayer {
        public Shape output() {
          return input;
        }

        public INDArray forward(INDArray x) {
          return x.mul(2);
        }

        public INDArray backward(INDArray x, INDArray y, INDArray dy) {
          return dy.mul(2);
        }
      }
      """;

  @TempDir Path folder;

  private String source(String file, String text) throws IOException {
    return Files.writeString(Files.createDirectories(folder.resolve("src")).resolve(file), text)
        .toString();
  }

  private Outcome train(String net, String run, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--net", net, "--limit", "150", "--epochs", "1", "--json", "--out"));
    arguments.add(folder.resolve(run).toString());
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private static Outcome evaluate(Path checkpoint, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--limit", "50", "--samples", "2", "--checkpoint"));
    arguments.add(checkpoint.toString());
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private static Outcome succeeded(Outcome outcome) {
    assertEquals(0, outcome.code(), outcome.err());
    return outcome;
  }

  private static void assertRefused(int code, String message, Outcome outcome) {
    assertEquals(code, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(message), outcome.err());
  }

  @Test
  void aCheckpointAloneIsEnoughOnceItsNetworkIsTrained() throws IOException {
    String net = source("Net.java", NET);
    JsonNode trained = succeeded(train(net, "run")).json();
    assertEquals("Net", trained.get("net").asText());
    assertEquals("bayesian", trained.get("kind").asText());
    Path run = folder.resolve("run");
    assertEquals(NET, Files.readString(run.resolve("Net.java")));
    Files.delete(Path.of(net));
    Path alone = Files.createDirectories(folder.resolve("elsewhere")).resolve("w.safetensors");
    Files.copy(run.resolve("best.safetensors"), alone);

    JsonNode measured = succeeded(evaluate(alone, "--json")).json();
    assertEquals("Net", measured.get("net").asText());
    Path picture = folder.resolve("a.png");
    ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
    String checkpoint = alone.toString();
    succeeded(Outcome.of("predict", "--checkpoint", checkpoint, picture.toString()));
    succeeded(
        Outcome.of("uncertainty", "--checkpoint", checkpoint, "--limit", "20", "--samples", "2"));
    assertRefused(2, "there is no such file", Outcome.of("bench", "--net", net));

    String torch = folder.resolve("net.pt").toString();
    String again = folder.resolve("again.safetensors").toString();
    succeeded(Outcome.of("convert", checkpoint, torch));
    Outcome converted =
        Outcome.of(
            "convert",
            torch,
            again,
            "--net",
            run.resolve("Net.java").toString(),
            "--activation",
            "relu",
            "--prior-sigma",
            "0.5",
            "--json");
    assertEquals("Net", succeeded(converted).json().get("net").asText());
    succeeded(evaluate(Path.of(again), "--dataset", "digits"));
  }

  @Test
  void aRunIsRepeatedAndGoneOnWithWhereverItsFolderWasMoved() throws IOException {
    succeeded(train(source("Net.java", NET), "run"));
    Files.delete(folder.resolve("src/Net.java"));
    Path moved = Files.move(folder.resolve("run"), folder.resolve("moved"));
    byte[] last = Files.readAllBytes(moved.resolve("last.safetensors"));
    succeeded(Outcome.of("train", "--resume", "--out", moved.toString()));
    assertArrayEquals(last, Files.readAllBytes(moved.resolve("last.safetensors")));
    Path repeated = folder.resolve("repeated");
    succeeded(
        Outcome.of(
            "train",
            "--config",
            moved.resolve("config.properties").toString(),
            "--out",
            repeated.toString()));
    for (String file : List.of("last.safetensors", "config.json", "config.properties")) {
      assertArrayEquals(
          Files.readAllBytes(moved.resolve(file)),
          Files.readAllBytes(repeated.resolve(file)),
          file);
    }
  }

  @Test
  void aRunGoesOnWithTheSourceThatItWasBegunWith() throws IOException {
    succeeded(train(source("Net.java", NET), "run"));
    Path run = folder.resolve("run");
    Files.writeString(run.resolve("Net.java"), NET + "// edited\n");
    assertRefused(
        1,
        "the source of Net is not the one with which it was begun",
        Outcome.of("train", "--resume", "--out", run.toString()));
  }

  @Test
  void aRunReplacesNoOtherSource() throws IOException {
    String net = source("Net.java", NET);
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("Net.java"), "// precious");
    assertRefused(1, "holds another Net.java", train(net, "run"));
    assertEquals("// precious", Files.readString(run.resolve("Net.java")));
    succeeded(train(net, "run", "--overwrite"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fc", "Layer fc;\n  @Nonsense int x", "Layer fc; void f( {"})
  void errorsAreThoseOfJavac(String broken) throws IOException {
    String net = source("Net.java", NET.replace("Layer fc", broken));
    ByteArrayOutputStream javac = new ByteArrayOutputStream();
    ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            null,
            javac,
            "-processor",
            "io.github.posteriori.processor.PosterioriProcessor",
            "-d",
            folder.toString(),
            net);
    Outcome refused = Outcome.of("summary", "--net", net);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("Net.java:"), refused.err());
    assertEquals(javac.toString(StandardCharsets.UTF_8), refused.err());
  }

  @Test
  void theProcessorsErrorsAndWarningsAreShownToo() throws IOException {
    String wrong = source("Net.java", NET.replace("out = 10", "in = 50, out = 10"));
    assertRefused(
        1,
        "Net.java:7: error: [P050] in is 50, but the output of flatten has 49 features",
        Outcome.of("summary", "--net", wrong));
    String odd = source("Odd.java", NET.replace("class Net", "class Odd").replace("28", "27"));
    Outcome summary = succeeded(Outcome.of("summary", "--net", odd));
    assertTrue(summary.err().contains("Odd.java:5: Note: [P072] pool leaves out 3 rows"));
    assertTrue(summary.out().contains("[1, 27, 27]"), summary.out());
  }

  static Stream<Arguments> unclear() {
    return Stream.of(
        Arguments.of("Nett.java", "there is no such file", "did you mean Net.java?"),
        Arguments.of("Net", "expected one of [lenet,", "did you mean Net.java?"),
        Arguments.of("Nets.java", "holds the networks [Deep, Shallow]", "Nets.java#Deep"),
        Arguments.of("Nets.java#Dep", "expected one of [Deep, Residual, Shallow]", "mean Deep?"),
        Arguments.of("Empty.java", "holds no network", "annotate one"),
        Arguments.of("com.example.Net", "on the class path of this program", "--classpath"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unclear")
  void whatIsMisspeltOrAmbiguousIsAUsageErrorThatNamesWhatThereIs(
      String net, String found, String remedy) throws IOException {
    source("Net.java", NET);
    source("Nets.java", NETS);
    source("Empty.java", "class Empty {}");
    boolean isFile = !net.startsWith("com.");
    Outcome refused =
        Outcome.of(
            "summary", "--net", isFile ? folder.resolve("src").resolve(net).toString() : net);
    assertRefused(2, found, refused);
    assertRefused(2, remedy, refused);
  }

  @Test
  void freeDimensionsAreTheDatasAndOthersAreStated() throws IOException {
    String nets = source("Nets.java", NETS);
    assertRefused(2, "add --dim hiddenOut=N", train(nets + "#Deep", "run"));
    assertRefused(
        2, "did you mean hiddenOut?", train(nets + "#Deep", "run", "--dim", "hidenOut=5"));
    JsonNode trained = succeeded(train(nets + "#Deep", "run", "--dim", "hiddenOut=5")).json();
    assertEquals("my.nets.Nets$Deep", trained.get("net").asText());
    Path run = folder.resolve("run");
    JsonNode config = Runs.config(run);
    assertEquals("{\"hiddenOut\":5}", config.get("dims").toString());
    succeeded(evaluate(run.resolve("best.safetensors")));
    succeeded(Outcome.of("train", "--resume", "--out", run.toString()));
    String summary =
        succeeded(
                Outcome.of(
                    "summary",
                    "--net",
                    nets + "#my.nets.Nets$Deep",
                    "--channels",
                    "2",
                    "--dim",
                    "hiddenOut=5,height=8",
                    "--classes",
                    "3"))
            .out();
    assertTrue(summary.contains("[2, 8, 32]"), summary);
    assertTrue(summary.contains("block.shortcut"), summary);
  }

  @Test
  void theKindIsWhatTheLayersSay() throws IOException {
    String net = source("Net.java", NET);
    assertRefused(
        2, "but Net is bayesian by its layers", train(net, "run", "--kind", "frequentist"));
    succeeded(Outcome.of("summary", "--net", net, "--kind", "bayesian"));
    String custom = source("Outer.java", CUSTOM);
    JsonNode trained = succeeded(train(custom, "run")).json();
    assertEquals("frequentist", trained.get("kind").asText());
    assertEquals("point", trained.get("estimator").asText());
  }

  @Test
  void aNetworkThatDoesNotFitTheDataIsRefused() throws IOException {
    String colour = source("Net.java", NET.replace("channels = 1", "channels = 3"));
    assertRefused(2, "Net takes [3, 28, 28], but digits has [1, 28, 28]", train(colour, "run"));
    String five = source("Net.java", NET.replace("out = 10", "out = 5"));
    assertRefused(2, "has 5 outputs, but digits has 10 classes", train(five, "run"));
    assertFalse(Files.exists(folder.resolve("run")), "nothing is written before");
  }

  @Test
  void whatTheClassStatesIsNotTheRecipes() throws IOException {
    String stated =
        NET.replace(
            "width = 28)", "width = 28, estimator = Estimator.BBB, prior = @Prior(sigma = 0.25))");
    Outcome trained = succeeded(train(source("Net.java", stated), "run"));
    assertEquals("bbb", trained.json().get("estimator").asText());
    assertTrue(
        trained.err().contains("no recipe is known for Net: it trains as any other network"),
        trained.err());
    assertTrue(
        trained.err().contains("epochs 1, steps 9 in each, 16 images of a step, learning rate 0.0"),
        trained.err());
    Path checkpoint = folder.resolve("run/best.safetensors");
    String metadata = new String(Files.readAllBytes(checkpoint), StandardCharsets.ISO_8859_1);
    assertTrue(metadata.contains("N(0.0, 0.25^2)"), metadata.substring(0, 2000));
    succeeded(Outcome.of("train", "--resume", "--out", folder.resolve("run").toString()));
    succeeded(Outcome.of("report", folder.resolve("run").toString(), "--limit", "20"));
    Outcome told =
        succeeded(
            train(
                folder.resolve("src/Net.java").toString(),
                "told",
                "--estimator",
                "lrt",
                "--prior-sigma",
                "2"));
    assertEquals("lrt", told.json().get("estimator").asText());
    assertTrue(
        new String(
                Files.readAllBytes(folder.resolve("told/best.safetensors")),
                StandardCharsets.ISO_8859_1)
            .contains("N(0.0, 2.0^2)"));
  }

  @Test
  void codeInACheckpointOrARunRunsWhereItIsTrustedAlone() throws IOException {
    String custom = source("Outer.java", CUSTOM);
    succeeded(train(custom, "run"));
    Path run = folder.resolve("run");
    Path checkpoint = run.resolve("best.safetensors");
    Outcome refused = evaluate(checkpoint);
    assertRefused(
        1, "carries the source Outer.java, which has a layer of its own in line", refused);
    assertRefused(1, "add --trust", refused);
    succeeded(evaluate(checkpoint, "--trust"));
    succeeded(evaluate(checkpoint, "--net", custom));
    assertRefused(
        1,
        "has a layer of its own in line",
        Outcome.of("train", "--resume", "--out", run.toString()));
    succeeded(Outcome.of("train", "--resume", "--out", run.toString(), "--trust"));
    assertRefused(1, "add --trust", Outcome.of("report", run.toString(), "--limit", "20"));
  }

  @Test
  void aStrangersSourceIsNotEvenLoaded() throws IOException {
    Path proof = folder.resolve("proof");
    String hostile =
        NET.replace(
            "class Net {",
            "class Net {\n  static { try { java.nio.file.Files.createFile(java.nio.file.Path.of(\""
                + proof
                + "\")); } catch (java.io.IOException e) { } }\n");
    succeeded(train(source("Net.java", NET), "run"));
    Path checkpoint = folder.resolve("run/best.safetensors");
    var module = Loaded.module(checkpoint, io.github.posteriori.ModuleOptions.defaults());
    io.github.posteriori.Checkpoint.note(
        module,
        "source",
        new ObjectMapper()
            .writeValueAsString(java.util.Map.of("file", "Net.java", "text", hostile)));
    module.save(checkpoint);
    assertRefused(1, "has a block of statements in line 5", evaluate(checkpoint));
    assertFalse(Files.exists(proof));
  }

  @Test
  void compiledNetworksAreFoundByTheirClassPathEachTime() throws IOException {
    String net = source("Outer.java", CUSTOM);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                new ByteArrayOutputStream(),
                "-processor",
                "io.github.posteriori.processor.PosterioriProcessor",
                "-d",
                classes.toString(),
                net));
    String path = classes.toString();
    JsonNode trained = succeeded(train("my.nets.Outer.Net", "run", "--classpath", path)).json();
    assertEquals("my.nets.Outer$Net", trained.get("net").asText());
    Path run = folder.resolve("run");
    Path checkpoint = run.resolve("best.safetensors");
    assertRefused(
        1,
        "holds a my.nets.Outer$Net, a checkpoint without its network: say where the class is by"
            + " --classpath",
        evaluate(checkpoint));
    succeeded(evaluate(checkpoint, "--classpath", path));
    succeeded(Outcome.of("train", "--resume", "--out", run.toString(), "--classpath", path));
    assertRefused(2, "on the class path", Outcome.of("train", "--resume", "--out", run.toString()));
    assertRefused(
        2,
        "did you mean my.nets.Outer.Net?",
        Outcome.of("summary", "--net", "my.nets.Outer.Nat", "--classpath", path));
    assertRefused(
        2, "does not exist", Outcome.of("summary", "--net", "a.B", "--classpath", path + "2"));
  }

  @Test
  void mixturesTakeThemToo() throws IOException {
    String net = source("Net.java", NET.replace("out = 10", "out = Dim.FREE"));
    Path out = folder.resolve("out");
    List<String> mixture = List.of("mixture", "--dataset", "digits", "--limit", "100", "--json");
    List<String> training = new ArrayList<>(mixture);
    training.addAll(List.of("--net", net, "--epochs", "1", "--valid-size", "0.2", "--out"));
    training.add(out.toString());
    assertEquals(
        "Net", succeeded(Outcome.of(training.toArray(String[]::new))).json().get("net").asText());
    assertTrue(Files.exists(out.resolve("task2/Net.java")));
    List<String> measuring = new ArrayList<>(mixture);
    for (String task : List.of("task1", "task2")) {
      measuring.addAll(
          List.of("--checkpoint", out.resolve(task).resolve("best.safetensors").toString()));
    }
    assertEquals(
        "Net", succeeded(Outcome.of(measuring.toArray(String[]::new))).json().get("net").asText());
  }

  @Test
  void newWritesOneThatFitsAndTrains() throws IOException {
    Path file = folder.resolve("Start.java");
    Outcome written = succeeded(Outcome.of("new", file.toString(), "--limit", "100"));
    assertTrue(written.out().contains("wrote " + file), written.out());
    succeeded(train(file.toString(), "run"));
    assertRefused(2, "which exists already", Outcome.of("new", file.toString()));
    assertRefused(2, "would hide one", Outcome.of("new", folder.resolve("Layer.java").toString()));
    for (String name : List.of("net.txt", "my-net.java", "class.java")) {
      assertRefused(
          2, "expected the name of a class", Outcome.of("new", folder.resolve(name).toString()));
    }
    assertRefused(
        1,
        "choose a file in a folder",
        Outcome.of("new", folder.resolve("no/Net.java").toString()));
  }

  @Test
  void newWritesOneOfOrdinaryWeights() throws IOException {
    Path file = folder.resolve("Plain.java");
    assertRefused(2, "did you mean", Outcome.of("new", file.toString(), "--kind", "frequentest"));
    succeeded(Outcome.of("new", file.toString(), "--kind", "frequentist", "--limit", "100"));
    JsonNode trained = succeeded(train(file.toString(), "plain")).json();
    assertEquals("frequentist", trained.get("kind").asText());
  }
}
