package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Gradle's incremental builds rest on. */
class GradleTest {
  @Test
  void processorIsDeclaredIsolating() throws IOException {
    String list = "/META-INF/gradle/incremental.annotation.processors";
    try (InputStream in = getClass().getResourceAsStream(list)) {
      assertEquals(
          PosterioriProcessor.class.getName() + ",isolating",
          new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

  @Test
  void moduleHasItsClassAsTheOnlyOriginatingElement() {
    List<String> origins = new ArrayList<>();
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new RecordingProcessor(origins))
            .compile(
                Nets.net("features = 4", "  @BayesLinear(out = 2) Layer fc;"),
                Nets.source("test.B", "@BayesModel(features = 1) class B {@Activate Layer a;}"));
    assertThat(compilation).succeeded();
    assertEquals(List.of("test.BModule: [test.B]", "test.NetModule: [test.Net]"), origins);
  }
}
