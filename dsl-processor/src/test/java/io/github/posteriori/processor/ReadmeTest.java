package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    String readme = readme();
    int start = readme.indexOf("```java\n") + "```java\n".length();
    return readme.substring(start, readme.indexOf("```", start));
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
}
