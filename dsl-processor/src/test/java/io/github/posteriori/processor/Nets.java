package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.tools.JavaFileObject;

/** Sources of networks, and what the compiler makes of them. */
final class Nets {
  static final String IMAGE = "channels = 3, height = 32, width = 32";

  private Nets() {}

  /**
   * Class {@code test.Net} with these elements of {@code @BayesModel} and this body. It may end in
   * any layer: tests of other things are shorter so.
   */
  static JavaFileObject net(String model, String... body) {
    return source(
        "test.Net",
        "@SuppressWarnings(\"posteriori\")",
        "@BayesModel(" + model + ")",
        "class Net {",
        lines(body),
        "}");
  }

  /** A source with the imports that a user has. */
  static JavaFileObject source(String name, String... lines) {
    int dot = name.lastIndexOf('.');
    return JavaFileObjects.forSourceLines(
        name,
        dot < 0 ? "" : "package " + name.substring(0, dot) + ";",
        "import static io.github.posteriori.annotations.Activation.*;",
        "import static io.github.posteriori.annotations.Dim.*;",
        "import static io.github.posteriori.annotations.Estimator.*;",
        "import io.github.posteriori.*;",
        "import io.github.posteriori.annotations.*;",
        lines(lines));
  }

  static Compilation compile(JavaFileObject... sources) {
    return Compiler.javac()
        .withOptions("-Xlint:all,-classfile,-path")
        .withProcessors(new PosterioriProcessor())
        .compile(sources);
  }

  /** The source generated for a network in which nothing is wrong. */
  static String generated(String module, JavaFileObject... sources) {
    Compilation compilation = compile(sources);
    assertThat(compilation).succeededWithoutWarnings();
    return text(compilation.generatedSourceFile(module).orElseThrow());
  }

  static String generated(JavaFileObject net) {
    return generated("test.NetModule", net);
  }

  static void assertAccepted(JavaFileObject net) {
    assertThat(compile(net)).succeededWithoutWarnings();
  }

  /** That there is this one error, on the line that contains {@code line}. */
  static void assertRefused(JavaFileObject source, String message, String line) {
    Compilation compilation = compile(source);
    assertThat(compilation).hadErrorContaining(message).inFile(source).onLineContaining(line);
    assertThat(compilation).hadErrorCount(1);
  }

  /** That the module is generated, with this one warning on the line that contains {@code line}. */
  static void assertWarned(JavaFileObject source, String message, String line) {
    Compilation compilation = compile(source);
    assertThat(compilation).succeeded();
    assertThat(compilation).hadWarningContaining(message).inFile(source).onLineContaining(line);
    assertThat(compilation).hadWarningCount(1);
  }

  private static String text(JavaFileObject file) {
    try {
      return file.getCharContent(false).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }
}
