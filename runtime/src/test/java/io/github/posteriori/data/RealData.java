package io.github.posteriori.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the published data sets lie: the folder that the system property {@code posteriori.data}
 * names, or else {@code shared/data} beside this project or above it.
 */
final class RealData {
  private RealData() {}

  /** The data folder, if it has {@code folder}; otherwise skips the test. */
  static Path with(String folder) {
    Path data = find();
    assumeTrue(
        data != null && Files.isDirectory(data.resolve(folder)),
        "no " + folder + " found; name a folder that has it with -Dposteriori.data=DIR");
    return data;
  }

  private static Path find() {
    String property = System.getProperty("posteriori.data");
    if (property != null) {
      return Path.of(property);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("shared").resolve("data");
      if (Files.isDirectory(data)) {
        return data;
      }
    }
    return null;
  }
}
