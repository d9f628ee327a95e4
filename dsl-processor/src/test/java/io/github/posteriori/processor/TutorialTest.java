package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/**
 * The project that the tutorial builds compiles, and the error that it quotes is the compiler's.
 */
class TutorialTest {
  private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");

  private static Page tutorial() throws IOException {
    return Page.read("docs/tutorial.md");
  }

  private static JavaFileObject source(String block) {
    Matcher name = CLASS.matcher(block);
    assertThat(name.find()).isTrue();
    return JavaFileObjects.forSourceString("com.example." + name.group(1), block);
  }

  @Test
  void allItsSourcesCompileTogether() throws IOException {
    JavaFileObject[] sources =
        tutorial().java().stream().map(TutorialTest::source).toArray(JavaFileObject[]::new);
    assertThat(sources).hasLength(5);
    Compilation compilation = Nets.compile(sources);
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation.notes()).isEmpty();
  }

  @Test
  void theErrorWithoutFlattenIsTheCompilers() throws IOException {
    String forgotten = tutorial().java("class Net {").replaceAll("(?m)^    @Flatten .*\n", "");
    Compilation compilation = Nets.compile(source(forgotten));
    List<Diagnostic<? extends JavaFileObject>> errors = List.copyOf(compilation.errors());
    assertThat(errors).hasSize(1);
    Diagnostic<? extends JavaFileObject> error = errors.get(0);
    assertThat(tutorial().text())
        .contains(
            ".../Net.java:["
                + error.getLineNumber()
                + ","
                + error.getColumnNumber()
                + "] "
                + error.getMessage(Locale.ROOT)
                + "\n");
  }
}
