package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/**
 * The network that the README declares compiles, and the error that it quotes is the compiler's.
 */
class ReadmeTest {
  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "README.md"));
  }

  private static JavaFileObject net(String source) {
    return JavaFileObjects.forSourceString("Net", source);
  }

  /** The first block of Java. */
  private static String declaration() throws IOException {
    return block("class Net {");
  }

  /** The first block of Java that contains {@code part}. */
  private static String block(String part) throws IOException {
    return Arrays.stream(readme().split("```java\n"))
        .skip(1)
        .map(rest -> rest.substring(0, rest.indexOf("```")))
        .filter(java -> java.contains(part))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theNetworkCompiles() throws IOException {
    assertThat(Nets.compile(net(declaration()))).succeededWithoutWarnings();
  }

  @Test
  void theQuotedErrorIsTheCompilers() throws IOException {
    String wrong =
        declaration().replace("@BayesLinear(out = 10)", "@BayesLinear(out = 10, in = 800)");
    Compilation compilation = Nets.compile(net(wrong));
    List<Diagnostic<? extends JavaFileObject>> errors = List.copyOf(compilation.errors());
    assertThat(errors).hasSize(1);
    Diagnostic<? extends JavaFileObject> error = errors.get(0);
    assertThat(readme())
        .contains(
            "Net.java:"
                + error.getLineNumber()
                + ": error: "
                + error.getMessage(Locale.ROOT)
                + "\n");
  }

  @Test
  void theResidualNetworkCompiles() throws IOException {
    String module = Nets.generated("ResNetModule", Nets.source("ResNet", block("class ResNet {")));
    assertThat(module).contains("// block2   [16, 32, 32] -> [32, 32, 32]");
  }

  @Test
  void theCustomLayerCompiles() throws IOException {
    String layer = block("implements CustomLayer");
    int field = layer.indexOf("@Custom");
    String module =
        Nets.generated(
            "Outer_NetModule",
            Nets.source(
                "Outer",
                "import io.github.posteriori.layers.CustomLayer;",
                "import org.nd4j.linalg.api.ndarray.INDArray;",
                "class Outer {",
                layer.substring(0, field),
                "@SuppressWarnings(\"posteriori\")",
                "@BayesModel(channels = 3, height = 8, width = 8) static class Net {",
                layer.substring(field),
                "}}"));
    assertThat(module).contains("// enlarge  [3, 8, 8] -> [3, 16, 16]");
  }

  @Test
  void theErrorWithoutTheProcessorIsTheCompilers() throws IOException {
    Compilation compilation =
        Compiler.javac()
            .withOptions("-proc:none")
            .compile(
                JavaFileObjects.forSourceString(
                    "Main", "class Main { NetModule net = NetModule.create(); }"));
    String message = compilation.errors().get(0).getMessage(Locale.ROOT);
    assertThat(message).contains("cannot find symbol");
    for (String line : message.lines().limit(2).toList()) {
      assertThat(readme()).contains(line);
    }
  }
}
