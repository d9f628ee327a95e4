package io.github.posteriori.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds generated modules to files that were read by a person. After a change that is meant, run
 * with {@code -Dposteriori.golden.update=true} and read the difference before committing it.
 */
class GoldenFileTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  @ParameterizedTest
  @CsvSource({
    "BayesLeNet, BayesLeNetModule",
    "Showcase, Showcase_NetModule",
    "Wired, Wired_ResidualModule",
    "Wired, Wired_NetModule"
  })
  void moduleIsAsInItsFile(String definition, String module) throws IOException {
    Path golden = FOLDER.resolve(module + ".java");
    String source =
        Nets.generated(
            "io.github.posteriori.golden." + module,
            JavaFileObjects.forResource(FOLDER.resolve(definition + ".java").toUri().toURL()));
    if (Boolean.getBoolean("posteriori.golden.update")) {
      Files.writeString(golden, source);
    }
    assertEquals(Files.readString(golden), source);
  }
}
