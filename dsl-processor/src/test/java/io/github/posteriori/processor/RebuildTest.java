package io.github.posteriori.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.processor.Project.Build;
import io.github.posteriori.processor.Project.Fault;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build over what an earlier build has left. */
class RebuildTest {
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final Build SUCCESS = new Build(true, List.of());

  @TempDir private Path folder;
  private Project project;

  @BeforeEach
  void newProject() throws IOException {
    project = Project.in(folder.resolve("project"));
  }

  private Path net(String name, int out) throws IOException {
    return project.write(
        "test." + name,
        "@BayesModel(features = 4, prior = @Prior(sigma = 0.2))",
        "class " + name + " {",
        "  @BayesLinear(out = 8, estimator = BBB) Layer z;",
        "  @Activate(RELU) Layer a;",
        "  @BayesLinear(out = " + out + ", prior = @Prior(mu = 1)) Layer fc;",
        "}");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void blockThatWasCompiledWithoutTheProcessorIsRefused() throws IOException {
    Path outer =
        project.write(
            "test.Outer",
            "@BayesModel(features = 4) class Outer {",
            "  @Block Net net;",
            "  @BayesLinear(out = 2) Layer fc;",
            "}");
    project.compile(JAVAC, List.of("-proc:none"), List.of(), net("Net", 2));
    String message =
        "[P063] net is of type test.Net, whose module NetModule does not exist: compile the class"
            + " with the Posteriori processor";
    assertEquals(new Build(false, List.of(new Fault(8, message))), project.javac(outer));
    assertEquals(SUCCESS, project.javac(net("Net", 2)));
    assertEquals(SUCCESS, project.javac(outer));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void moduleOfAnEarlierBuildGivesWay(boolean generatedSourcesAreOnTheSourcePath)
      throws IOException {
    List<String> options =
        generatedSourcesAreOnTheSourcePath
            ? List.of(
                "-sourcepath", project.sources() + File.pathSeparator + project.generatedSources())
            : List.of();
    Path use = project.write("test.Use", "class Use { NetModule net = NetModule.create(); }");
    assertEquals(SUCCESS, project.compile(JAVAC, options, List.of(), net("Net", 2), use));
    String first = project.generated("test.NetModule");
    assertEquals(SUCCESS, project.compile(JAVAC, options, List.of(), net("Net", 2), use));
    assertEquals(first, project.generated("test.NetModule"));
    assertEquals(SUCCESS, project.compile(JAVAC, options, List.of(), net("Net", 3), use));
    assertTrue(project.generated("test.NetModule").contains("a.output(), 3,"));
  }

  @Test
  void onlyTheModuleOfTheChangedClassIsMadeAnew() throws IOException {
    assertEquals(SUCCESS, project.javac(net("A", 2), net("B", 2)));
    Path changed = net("A", 3);
    delete(project.generatedSources());
    assertEquals(SUCCESS, project.javac(changed));
    Map<String, String> incremental = project.generated();
    assertEquals(Set.of("AModule.java"), incremental.keySet());

    project = Project.in(folder.resolve("full"));
    assertEquals(SUCCESS, project.javac(net("A", 3), net("B", 2)));
    assertEquals(project.generated("test.AModule"), incremental.get("AModule.java"));
  }

  /**
   * As a processor meets classes that are not compiled anew, or come from a library. Only javac
   * keeps their fields in order: Eclipse's compiler sorts those of a class file by name.
   */
  @Test
  void classFileTellsWhatItsSourceDoes() throws IOException {
    project.javac(net("Net", 2));
    Map<String, String> expected = project.generated();
    delete(project.generatedSources());
    delete(project.sources());
    Path other = project.write("test.Other", "@Deprecated class Other {}");
    Build build =
        project.compile(JAVAC, List.of(), List.of(new ClassFileProcessor("test.Net")), other);
    assertEquals(SUCCESS, build);
    assertEquals(expected, project.generated());
  }

  /** The processor, shown a class that is not in the round. */
  private static final class ClassFileProcessor extends AbstractProcessor {
    private final PosterioriProcessor processor = new PosterioriProcessor();
    private final String name;

    ClassFileProcessor(String name) {
      this.name = name;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("java.lang.Deprecated");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (annotations.isEmpty()) {
        return false;
      }
      Elements elements = processingEnv.getElementUtils();
      processor.init(processingEnv);
      RoundEnvironment shown =
          (RoundEnvironment)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {RoundEnvironment.class},
                  (self, method, arguments) ->
                      method.getName().equals("getElementsAnnotatedWith")
                          ? Set.of(elements.getTypeElement(name))
                          : method.invoke(round, arguments));
      processor.process(Set.of(elements.getTypeElement(BayesModel.class.getName())), shown);
      return false;
    }
  }
}
