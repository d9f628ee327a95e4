package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.compile;
import static io.github.posteriori.processor.Nets.net;
import static io.github.posteriori.processor.Nets.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import io.github.posteriori.processor.report.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How faults are reported. */
class ReportingTest {
  private static final Pattern ID = Pattern.compile("\\[(P\\d{3})]");

  @Test
  void allFaultsOfAClassAreReportedInOneCompileInTheOrderOfItsFields() {
    Compilation compilation =
        compile(
            net(
                IMAGE + ", prior = @Prior(sigma = 0)",
                "  @BayesConv(out = 0, kernel = 0, groups = 0) Layer conv;",
                "  Layer bare;",
                "  @Activate int typed;",
                "  @MaxPool(kernel = {1, 2, 3}) Layer pool;",
                "  @Dropout(7) Layer drop;",
                "  @BayesLinear(out = 4, prior = @Prior(rhoStd = -1)) Layer hidden;",
                "  @Flatten Layer flatten;",
                "  @BayesLinear(out = 4, in = 5, from = \"hidden\") final Layer save = null;",
                "  @Activate @BatchNorm Layer both;",
                "  @BayesLinear(out = 2, from = \"nowhere\") Layer fc;"));
    List<String> ids =
        compilation.errors().stream()
            .map(error -> ID.matcher(error.getMessage(null)))
            .filter(Matcher::find)
            .map(match -> match.group(1))
            .toList();
    assertEquals(
        List.of(
            "P035", "P030", "P030", "P030", "P020", "P022", "P031", "P034", "P036", "P054", "P023",
            "P025", "P050", "P021", "P040"),
        ids);
    assertEquals(ids.size(), compilation.errors().size());
  }

  @Test
  void faultsElsewhereDoNotKeepANetworkFromItsModule() {
    List<String> modules = new ArrayList<>();
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new RecordingProcessor(modules))
            .compile(
                net("features = 0", "@Activate Layer a;"),
                source("test.Other", "class Other { int n = \"text\"; Missing missing; }"),
                source(
                    "test.Good",
                    "@BayesModel(features = 4) class Good {",
                    "  @BayesLinear(out = 2) Layer fc;",
                    "  Missing other() { return null; }",
                    "}"));
    assertThat(compilation).failed();
    assertEquals(List.of("test.GoodModule: [test.Good]"), modules);
  }

  static Stream<String> faultsOfTheCompiler() {
    return Stream.of(
        "@BayesLinear(out = NOWHERE) Layer fc;",
        "@BayesLinear Layer fc;",
        "@BayesLinear(out = \"two\") Layer fc;",
        "@BayesLinear(out = 2, inn = 3) Layer fc;",
        "@BayesLinear(out = 2, estimator = NONE) Layer fc;",
        "@BayesLinear(out = 2, prior = @Prior(sigma = NOWHERE)) Layer fc;",
        "@BayesLinear(out = 2) Lair fc;",
        "@BayesLynear(out = 2) Layer fc;",
        "@BayesLinear(out = 2, prior = @Nothing) Layer fc;",
        "@BayesConv(out = 2, kernel = {1, NOWHERE}) Layer conv;",
        "@BayesLinear(out = 2) Layer fc; @Activate Layer fc;",
        "@BayesLinear(out = 2) @BayesLinear(out = 3) Layer fc;",
        "@BayesLinear(out = 2) Layer fc; void broken( {");
  }

  @ParameterizedTest
  @MethodSource("faultsOfTheCompiler")
  void faultsThatTheCompilerFindsAreLeftToTheCompiler(String body) {
    Compilation compilation = compile(net("features = 4", body));
    assertThat(compilation).failed();
    for (Diagnostic<?> error : compilation.errors()) {
      assertFalse(error.getMessage(null).contains("[P"), error.toString());
    }
  }

  @Test
  void whatAnotherProcessorGeneratesIsWaitedFor() {
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new PosterioriProcessor(), new SizesProcessor())
            .compile(net("features = 4", "  @BayesLinear(out = Sizes.CLASSES) Layer fc;"));
    assertThat(compilation).succeeded();
    assertThat(compilation)
        .generatedSourceFile("test.NetModule")
        .contentsAsUtf8String()
        .contains("build.input(), 7, true)");
  }

  /** Generates the constant {@code test.Sizes.CLASSES}. */
  static final class SizesProcessor extends AbstractProcessor {
    private boolean done;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!done) {
        done = true;
        try (Writer writer = processingEnv.getFiler().createSourceFile("test.Sizes").openWriter()) {
          writer.write("package test; class Sizes { static final int CLASSES = 7; }");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }

  @Test
  void exceptionOfTheProcessorIsReportedAtTheClass() {
    JavaFileObject older =
        source("io.github.posteriori.annotations.Flatten", "public @interface Flatten {", "}");
    JavaFileObject net = net(IMAGE, "  @Flatten Layer flatten;");
    Compilation compilation = compile(older, net);
    assertThat(compilation)
        .hadErrorContaining(
            "[P090] the Posteriori processor failed on this class, which is its own fault:"
                + " java.lang.IllegalStateException: no element from in"
                + " @io.github.posteriori.annotations.Flatten")
        .inFile(net)
        .onLineContaining("class Net");
    assertThat(compilation).hadErrorCount(1);
  }

  @Test
  void fileThatCannotBeWrittenIsReportedAtTheClass() {
    JavaFileObject net = net("features = 4", "  @BayesLinear(out = 2) Layer fc;");
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new RecordingProcessor(new ArrayList<>(), Optional.of("disk full")))
            .compile(net);
    assertThat(compilation)
        .hadErrorContaining("[P091] test.NetModule could not be written: disk full")
        .inFile(net)
        .onLineContaining("class Net");
  }

  @Test
  void everyMessageIsTested() throws IOException {
    String tests = "";
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        tests += Files.readString(file);
      }
    }
    for (Message message : Message.values()) {
      assertTrue(tests.contains("[" + message.id() + "] "), message + " is not tested");
    }
  }

  @Test
  void messagesStandInTheOrderOfTheirIds() {
    List<String> ids = Arrays.stream(Message.values()).map(Message::id).toList();
    assertEquals(ids.stream().sorted().toList(), ids);
  }

  @Test
  void everyMessageIsDocumentedAndNoOther() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "errors.md"));
    Set<String> documented = new HashSet<>();
    Matcher heading = Pattern.compile("(?m)^### (P\\d{3})( \\(.*\\))?$").matcher(page);
    while (heading.find()) {
      assertTrue(documented.add(heading.group(1)), heading.group(1) + " stands there twice");
    }
    Set<String> ids = new HashSet<>();
    Arrays.stream(Message.values())
        .forEach(message -> assertTrue(ids.add(message.id()), message + " shares its id"));
    assertEquals(ids, documented);
  }
}
