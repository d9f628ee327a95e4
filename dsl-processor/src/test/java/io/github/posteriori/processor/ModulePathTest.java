package io.github.posteriori.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.palantir.javapoet.JavaFile;
import io.github.posteriori.BayesModule;
import io.github.posteriori.annotations.BayesModel;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network in a module of the user's, which reads the annotations and the runtime as modules. */
class ModulePathTest {
  private static final String REQUIRED =
      "requires io.github.posteriori.annotations; requires io.github.posteriori.runtime;";

  @TempDir private Path folder;
  private Project project;

  @BeforeEach
  void newProject() throws IOException {
    project = Project.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--processor-path", "--processor-module-path"})
  void networkOfAModuleCompiles(String processorPath) throws Exception {
    compile(processorPath, REQUIRED);
    assertTrue(Files.exists(project.classes().resolve("test/NetModule.class")));
  }

  @Test
  void moduleSaysThatItIsGeneratedWhereItCan() throws Exception {
    compile("--processor-path", REQUIRED);
    String without = project.generated("test.NetModule");
    project = Project.in(folder.resolve("again"));
    compile("--processor-path", REQUIRED + "requires java.compiler;");
    String with = project.generated("test.NetModule");
    String line = "@Generated(\"" + PosterioriProcessor.class.getName() + "\")\n";
    assertTrue(with.contains(line));
    assertEquals(
        with.replace(line, "").replace("import " + Generated.class.getName() + ";\n", ""), without);
  }

  /** Compiles a module with one network, as the command line would, and expects no warning. */
  private void compile(String processorPath, String directives) throws Exception {
    Path module = project.sources().resolve("module-info.java");
    Files.writeString(module, "module user { " + directives + " }");
    Path net = project.write(Nets.net("features = 4", "  @BayesLinear(out = 2) Layer fc;"));
    StringWriter output = new StringWriter();
    int status =
        tool(
            "javac",
            output,
            "-Xlint:all,-path,-requires-automatic",
            "-d",
            "" + project.classes(),
            "-s",
            "" + project.generatedSources(),
            "--module-path",
            path(Stream.of(home(BayesModel.class), runtime())),
            // ND4J, whose own descriptors are broken, stays here.
            "--class-path",
            System.getProperty("java.class.path"),
            processorPath,
            path(
                Stream.of(PosterioriProcessor.class, BayesModel.class, JavaFile.class)
                    .map(ModulePathTest::home)),
            "" + module,
            "" + net);
    assertEquals("", output.toString());
    assertEquals(0, status);
  }

  /**
   * The runtime as a jar of its name; from a folder the module system takes no automatic module.
   */
  private Path runtime() {
    Path home = home(BayesModule.class);
    if (Files.isRegularFile(home)) {
      return home;
    }
    Path jar = folder.resolve("io.github.posteriori.runtime.jar");
    tool("jar", new StringWriter(), "--create", "--file", "" + jar, "-C", "" + home, ".");
    return jar;
  }

  private static int tool(String name, StringWriter output, String... arguments) {
    PrintWriter writer = new PrintWriter(output);
    return ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments);
  }

  private static String path(Stream<Path> entries) {
    return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The jar or folder that a class comes from. */
  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
