package io.github.posteriori.processor;

import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.net;
import static io.github.posteriori.processor.Nets.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.processor.Project.Build;
import io.github.posteriori.processor.Project.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under Eclipse's compiler the processor does what it does under javac. */
class EclipseTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final String MODEL = "@BayesModel(features = 4)";
  private static final String LAYER = "  @BayesLinear(out = 2) Layer fc;";

  @TempDir private Path folder;
  private Project project;

  @BeforeEach
  void newProject() throws IOException {
    project = Project.in(folder);
  }

  private Build eclipse(List<Processor> others, Path... files) {
    return project.compile(new EclipseCompiler(), List.of("-17", "-nowarn"), others, files);
  }

  @ParameterizedTest
  @CsvSource({
    "BayesLeNet, BayesLeNetModule",
    "Showcase, Showcase_NetModule",
    "Wired, Wired_ResidualModule",
    "Wired, Wired_NetModule"
  })
  void moduleIsByteForByteJavacs(String definition, String module) throws IOException {
    Build build = eclipse(List.of(), GOLDEN.resolve(definition + ".java").toAbsolutePath());
    assertEquals(new Build(true, List.of()), build);
    assertEquals(
        Files.readString(GOLDEN.resolve(module + ".java")),
        project.generated("io.github.posteriori.golden." + module));
  }

  /** No record is among them: Eclipse names no line for what is said of a record. */
  static Stream<JavaFileObject> faulty() {
    return Stream.of(
        net(
            IMAGE + ", prior = @Prior(sigma = 0)",
            "  @BayesConv(",
            "    out = 0,",
            "    kernel = 0,",
            "    groups = 0)",
            "  Layer conv;",
            "  Layer bare;",
            "  @Activate",
            "  int typed;",
            "  @MaxPool(",
            "    kernel = {1, 2, 3})",
            "  Layer pool;",
            "  @Dropout(7)",
            "  Layer drop;",
            "  @BayesLinear(",
            "    out = 4,",
            "    prior = @Prior(rhoStd = -1))",
            "  Layer hidden;",
            "  @Flatten Layer flatten;",
            "  @BayesLinear(out = 4, from = \"hidden\",",
            "    in = 5)",
            "  final Layer save = null;",
            "  @Activate @BatchNorm",
            "  Layer both;",
            "  @BayesLinear(out = 2, from = \"nowhere\") Layer fc;"),
        net(
            "channels = 3, height = 4, width = 4, features = 4",
            "  @BayesConv(out = 4, kernel = {5, 3}, padding = {0, 1}) Layer large;",
            "  @AvgPool(kernel = 2, padding = 2) Layer padded;",
            "  @BayesLinear(out = 4) Layer d, e;"),
        net(IMAGE, "  @Activate java.util.List<? extends Layer[]> typed;"),
        net("features = 4", "  int n;"),
        net("channels = 3", LAYER),
        source("test.I", MODEL, "interface I {}"),
        source("test.E", MODEL, "enum E {}"),
        source("test.A", MODEL, "@interface A {}"),
        source("test.G", MODEL, "class G<A, B extends A> {", LAYER, "}"),
        source(
            "test.Outer",
            "class Outer {",
            "private static class Inner {",
            MODEL,
            "class Net {",
            LAYER,
            "}}}"));
  }

  @ParameterizedTest
  @MethodSource("faulty")
  void faultsAreTheSameOnTheSameLines(JavaFileObject faulty) throws IOException {
    Path source = project.write(faulty);
    List<Fault> expected = project.javac(source).ours();
    assertFalse(expected.isEmpty());
    assertEquals(expected, eclipse(List.of(), source).ours());
  }

  @ParameterizedTest
  @MethodSource("io.github.posteriori.processor.ReportingTest#faultsOfTheCompiler")
  void faultsThatTheCompilerFindsAreLeftToTheCompiler(String body) throws IOException {
    Build build = eclipse(List.of(), project.write(net("features = 4", body)));
    assertFalse(build.succeeded());
    assertEquals(List.of(), build.ours());
  }

  @Test
  void whatTheLanguageImpliesIsKnown() throws IOException {
    Path nested =
        project.write("test.I", "public interface I {", MODEL, "class Net {", LAYER, "}}");
    Path use = project.write("test.Use", "class Use { I_NetModule net = I_NetModule.create(); }");
    assertEquals(new Build(true, List.of()), eclipse(List.of(), nested, use));
    String module = project.generated("test.I_NetModule");
    project.javac(nested, use);
    assertEquals(project.generated("test.I_NetModule"), module);
  }

  /** Eclipse's batch compiler lets no processor replace a class on its class path. */
  @Test
  void moduleOfAnEarlierBuildIsNotTakenForTheUsers() throws IOException {
    Path net = project.write(net("features = 4", LAYER));
    assertEquals(new Build(true, List.of()), eclipse(List.of(), net));
    String message =
        "[P091] test.NetModule could not be written: Source file already exists : test.NetModule";
    assertEquals(List.of(new Fault(9, message)), eclipse(List.of(), net).ours());
  }

  /** Eclipse's compiler sorts the fields of a class file by name. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void blockOfAnEarlierBuildKeepsTheOrderOfItsFields(boolean byJavac) throws IOException {
    Path block =
        project.write(
            "test.Head",
            "@BayesModel(channels = FREE, height = FREE, width = FREE)",
            "public class Head {",
            "  @BayesConv(out = FREE, kernel = 5) Layer zoom;",
            "  @MaxPool(kernel = 2) Layer pool;",
            "  @Flatten Layer flatten;",
            "  @BayesLinear(out = 8) Layer LAYERS;",
            "  @BayesLinear(out = FREE) Layer fc;",
            "}");
    Build first = byJavac ? project.javac(block) : eclipse(List.of(), block);
    assertEquals(new Build(true, List.of()), first);
    Path net = project.write(net(IMAGE, "  @Block(out = {6, 10}) Head head;"));
    assertEquals(new Build(true, List.of()), eclipse(List.of(), net));
    String module = project.generated("test.NetModule");
    assertTrue(module.contains("// head  [3, 32, 32] -> [10]"), module);
    project.javac(net);
    assertEquals(project.generated("test.NetModule"), module);
  }
}
