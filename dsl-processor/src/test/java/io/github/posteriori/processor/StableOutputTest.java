package io.github.posteriori.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.posteriori.processor.Project.Build;
import io.github.posteriori.processor.Project.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated and reported depends on the definitions alone. */
class StableOutputTest {
  private static final Pattern ERROR = Pattern.compile("(?m)^.*:(\\d+): error: (\\[P.*)$");

  @TempDir private Path folder;
  private Project project;
  private List<Path> sources;

  /** Sound classes and faulty ones, with numbers, letters and cases that locales treat apart. */
  @BeforeEach
  void newProject() throws IOException {
    project = Project.in(folder.resolve("reference"));
    sources =
        List.of(
            project.write(
                "test.Interior",
                "@BayesModel(channels = FREE, height = 128, width = 128)",
                "class Interior {",
                "  @BayesConv(out = FREE, kernel = 3, prior = @Prior(sigma = 1234567.25)) Layer"
                    + " ınİä;",
                "  @Dropout(0.125) Layer drop;",
                "  @Flatten Layer flatten;",
                "  @BayesLinear(out = 1200) Layer FC_INIT;",
                "}"),
            project.write(
                "test.Outer",
                "class Outer {",
                "  @BayesModel(features = 4) static class Net {",
                "    @BayesLinear(out = 2) Layer fc;",
                "  }",
                "}"),
            // Takes the name that the module of Outer.Net has already.
            project.write(
                "test.Outer_Net",
                "@BayesModel(features = 4) class Outer_Net {",
                "  @BayesLinear(out = 2) Layer fc;",
                "}"),
            project.write(
                "test.Faulty",
                "@BayesModel(channels = 3, height = 1200, width = 1200)",
                "@interface Faulty {}",
                "@BayesModel(channels = 3, height = 1200, width = 1200) class Faults {",
                "  @Flatten(features = 1234567) Layer flatten;",
                "  @Dropout(1234.5) Layer drop;",
                "  @BayesLinear(out = 2, prior = @Prior(sigma = -0.25)) Layer init;",
                "}"));
  }

  @Test
  void orderOfTheSourcesDoesNotMatter() throws IOException {
    List<Fault> faults = process(project, sources).ours();
    assertFalse(faults.isEmpty());
    Map<String, String> modules = project.generated();
    List<Path> order = new ArrayList<>(sources);
    for (int i = 0; i < sources.size(); i++) {
      Collections.rotate(order, 1);
      Project other = Project.in(folder.resolve("order"));
      Build build = process(other, order);
      assertEquals(faults, build.ours(), () -> "order " + order);
      assertEquals(modules, other.generated(), () -> "order " + order);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=tr -Duser.country=TR -Dfile.encoding=US-ASCII",
        "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab -Dfile.encoding=UTF-8"
      })
  void localeAndDefaultCharsetDoNotMatter(String properties) throws Exception {
    List<Fault> faults = process(project, sources).ours();
    Project other = Project.in(folder.resolve("other"));
    assertEquals(faults, javac(other, properties.split(" ")));
    assertEquals(project.generated(), other.generated());
  }

  private static Build process(Project project, List<Path> sources) {
    return project.compile(
        ToolProvider.getSystemJavaCompiler(),
        List.of("-proc:only"),
        List.of(),
        sources.toArray(Path[]::new));
  }

  /** The processor's errors under a javac of its own, with these settings of its JVM. */
  private List<Fault> javac(Project output, String... properties) throws Exception {
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    Stream.of(properties).map(property -> "-J" + property).forEach(command::add);
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-encoding", "UTF-8", "-proc:only"));
    command.addAll(List.of("-s", "" + output.generatedSources(), "-d", "" + output.classes()));
    command.addAll(List.of("-processorpath", classPath, "-cp", classPath));
    sources.forEach(source -> command.add("" + source));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertEquals(1, process.waitFor(), text);
    return ERROR
        .matcher(text)
        .results()
        .map(match -> new Fault(Long.parseLong(match.group(1)), match.group(2)))
        .toList();
  }
}
