package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command lines in the documentation are the program's. */
class CommandLinePageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/command-line.md");
  private static final Pattern LINE = Pattern.compile("bin/posteriori ([a-z]+)([^`\n#]*)");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
  private static final Set<String> OF_ALL = Set.of("--help", "--version");

  private static Map<String, CommandLine> commands() {
    return new CommandLine(new Main()).getSubcommands();
  }

  @Test
  void everyQuotedCommandLineHasACommandAndOptionsThatExist() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<String> wrong = new ArrayList<>();
    int lines = 0;
    for (Path page : pages) {
      for (MatchResult line : LINE.matcher(Files.readString(page)).results().toList()) {
        lines++;
        CommandLine command = commands().get(line.group(1));
        if (command == null
            || OPTION
                .matcher(line.group(2))
                .results()
                .anyMatch(option -> command.getCommandSpec().findOption(option.group()) == null)) {
          wrong.add(page.getFileName() + ": " + line.group());
        }
      }
    }
    assertTrue(lines > 25, "found " + lines);
    assertEquals(List.of(), wrong);
  }

  @Test
  void thePageHasEveryCommandAndOption() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> absent = new TreeSet<>();
    commands()
        .forEach(
            (name, command) -> {
              if (!page.contains("\n## " + name + "\n")) {
                absent.add(name);
              }
              for (OptionSpec option : command.getCommandSpec().options()) {
                if (!OF_ALL.contains(option.longestName())
                    && !Pattern.compile("`" + option.longestName() + "[ `]").matcher(page).find()) {
                  absent.add(name + " " + option.longestName());
                }
              }
            });
    assertEquals(Set.of(), absent);
  }

  @Test
  void thePageHasNoOptionThatNoCommandKnows() throws IOException {
    Set<String> known = new TreeSet<>(OF_ALL);
    commands()
        .values()
        .forEach(
            command ->
                command
                    .getCommandSpec()
                    .options()
                    .forEach(
                        option -> {
                          known.add(option.longestName());
                          if (option.negatable()) {
                            known.add("--no-" + option.longestName().substring(2));
                          }
                        }));
    Set<String> unknown = new TreeSet<>();
    Pattern.compile("`(--[a-z][a-z-]*)")
        .matcher(Files.readString(PAGE))
        .results()
        .map(option -> option.group(1))
        .filter(option -> !known.contains(option))
        .forEach(unknown::add);
    assertEquals(Set.of(), unknown);
  }
}
