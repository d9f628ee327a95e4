package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/**
 * The network that the README declares compiles, as do those of the pages that it leads to, and the
 * errors that they quote are the compiler's.
 */
class ReadmeTest {
  private static Page readme() throws IOException {
    return Page.read("README.md");
  }

  private static JavaFileObject net(String source) {
    return JavaFileObjects.forSourceString("Net", source);
  }

  private static String declaration() throws IOException {
    return readme().java("class Net {");
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
    assertThat(readme().text())
        .contains(
            "Net.java:"
                + error.getLineNumber()
                + ": error: "
                + error.getMessage(Locale.ROOT)
                + "\n");
  }

  @Test
  void theUseOfTheModuleCompiles() throws IOException {
    JavaFileObject use =
        Nets.source(
            "Use",
            "class Use {",
            "void use(org.nd4j.linalg.api.ndarray.INDArray images,",
            "    io.github.posteriori.data.Dataset train,",
            "    io.github.posteriori.data.Dataset valid, java.nio.file.Path path) {",
            readme().java("NetModule.create()"),
            "}}");
    assertThat(Nets.compile(net(declaration()), use)).succeededWithoutWarnings();
  }

  @Test
  void theResidualNetworkCompiles() throws IOException {
    String declared = Page.read("docs/networks.md").java("class ResNet {");
    String module = Nets.generated("ResNetModule", Nets.source("ResNet", declared));
    assertThat(module).contains("// block2   [16, 32, 32] -> [32, 32, 32]");
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
    String page = Page.read("docs/installation.md").text();
    for (String line : message.lines().limit(2).toList()) {
      assertThat(page).contains(line);
    }
  }
}
