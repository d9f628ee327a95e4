package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the project takes from others, as docs/dependencies.md tells it. */
class DependenciesTest {
  private static final Pattern ROW =
      Pattern.compile("\\| ([a-z0-9-]+) \\| ([0-9][^ |]*) \\| [^|]+ \\| [^|]+ \\|");

  /** Names of {@code java.net} with which one can listen, or read an address. */
  private static final Pattern CONNECTS_NOTHING =
      Pattern.compile("java\\.net\\.(BindException|InetSocketAddress|URI|URLDecoder);");

  @Test
  void thePageListsWhatIsOnTheClassPathAndNothingElse() throws IOException {
    TreeSet<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("../docs/dependencies.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        listed.add(row.group(1) + " " + row.group(2));
      }
    }
    TreeSet<String> used = new TreeSet<>();
    for (String entry :
        Files.readString(Path.of("target/classpath.txt")).strip().split(File.pathSeparator)) {
      Path version = Path.of(entry).getParent(); // .../artifact/version/artifact-version.jar
      boolean ours = !entry.endsWith(".jar") || version.endsWith("target");
      if (!ours) {
        used.add(version.getParent().getFileName() + " " + version.getFileName());
      }
    }
    assertTrue(used.size() > 20, () -> used.toString());
    assertEquals(used, listed);
  }

  @Test
  void onlyTheDataPackageCanOpenAConnection() throws IOException {
    List<String> found = new ArrayList<>();
    for (String module :
        List.of(
            "dsl-annotations", "dsl-processor", "runtime", "models", "networks", "onnx", "cli")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String text = CONNECTS_NOTHING.matcher(Files.readString(file)).replaceAll("");
          if (text.contains("java.net.")
              || text.contains("javax.net.")
              || text.contains("SocketChannel")) {
            found.add(file.getParent().getFileName() + "/" + file.getFileName());
          }
        }
      }
    }
    assertTrue(found.stream().anyMatch(file -> file.startsWith("data/")), found::toString);
    assertEquals(List.of(), found.stream().filter(file -> !file.startsWith("data/")).toList());
  }
}
