package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code docs/pytorch-bayesiancnn.md} points at is there. */
class OriginalTableTest {
  private static final Path ROOT = Path.of("..");

  private static List<String> quoted(String pattern) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/pytorch-bayesiancnn.md"));
    return Pattern.compile("`" + pattern + "`")
        .matcher(page)
        .results()
        .map(MatchResult::group)
        .map(code -> code.substring(1, code.length() - 1))
        .toList();
  }

  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyTestExists() throws IOException {
    List<String> tests = quoted("\\w+Test");
    assertTrue(tests.size() > 30, tests::toString);
    Set<String> sources = sources();
    assertEquals(List.of(), tests.stream().filter(test -> !sources.contains(test)).toList());
  }

  @Test
  void everyClassExists() throws IOException {
    List<String> classes = quoted("(?:[a-z0-9]+\\.)*[A-Z][A-Za-z0-9]+");
    Set<String> sources = sources();
    assertEquals(
        List.of(),
        classes.stream()
            .filter(name -> !sources.contains(name.substring(name.lastIndexOf('.') + 1)))
            .toList());
  }

  @Test
  void everyCommandAndOptionExists() throws IOException {
    CommandLine line = new CommandLine(new Main());
    List<String> commands = quoted("[a-z]+(?: [^`]*)?");
    assertTrue(commands.size() > 15, commands::toString);
    for (String command : commands) {
      String[] words = command.split(" ");
      CommandLine sub = line.getSubcommands().get(words[0]);
      if (sub != null) {
        for (String word : words) {
          assertTrue(
              !word.startsWith("--") || sub.getCommandSpec().findOption(word) != null, command);
        }
      }
    }
  }
}
