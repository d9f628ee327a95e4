package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages are levels: read from the imports of the main sources. */
class PackagesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String ROOT = "io.github.posteriori";
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern USE =
      Pattern.compile("(?<![\\w.])(io\\.github\\.posteriori(?:\\.[a-z]\\w*)*)\\.[A-Z]\\w*");

  /** Of the table in {@code docs/architecture.md}: a package, what it is, what it imports. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`[a-z0-9.]+`) \\| [^|\n]* \\|((?: `[a-z0-9.]+`,?)*) \\|$");

  @Test
  void noPackageIsInACircle() throws IOException {
    Map<String, Set<String>> uses = uses();
    List<String> circles = new ArrayList<>();
    uses.forEach(
        (from, others) -> {
          for (String to : others) {
            if (reachable(uses, to).contains(from)) {
              circles.add(from + " -> " + to);
            }
          }
        });
    assertEquals(List.of(), circles, "uses that close a circle of packages");
  }

  @Test
  void onlyTheBuilderOfModulesStandsOnTheRoof() throws IOException {
    Set<String> above = new TreeSet<>();
    uses()
        .forEach(
            (from, others) -> {
              if (others.contains(ROOT)) {
                above.add(from);
              }
            });
    assertEquals(Set.of(ROOT + ".build"), above);
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    for (String name : sources().keySet()) {
      Path info = SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java");
      assertTrue(Files.exists(info), () -> "expected " + info);
    }
  }

  @Test
  void theHousePlanIsTheImportGraph() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "architecture.md"));
    Set<String> expected = new TreeSet<>();
    uses()
        .forEach(
            (from, others) -> {
              others.remove(ROOT + ".annotations");
              String imports =
                  others.stream()
                      .map(PackagesTest::shown)
                      .sorted()
                      .map(name -> "`" + name + "`")
                      .collect(Collectors.joining(", "));
              expected.add("`" + shown(from) + "` imports " + imports);
            });
    Set<String> drawn =
        ROW.matcher(page)
            .results()
            .map(row -> row.group(1) + " imports " + row.group(2).strip())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        String.join("\n", expected),
        String.join("\n", drawn),
        "the imports, and the table in docs/architecture.md");
  }

  private static String shown(String name) {
    return name.equals(ROOT) ? "root" : name.substring(ROOT.length() + 1);
  }

  private static Set<String> reachable(Map<String, Set<String>> uses, String start) {
    Set<String> seen = new TreeSet<>(Set.of(start));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (String next : uses.getOrDefault(open.pop(), Set.of())) {
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    return seen;
  }

  private static Map<String, Set<String>> uses() throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    sources()
        .forEach(
            (name, texts) -> {
              Set<String> others = uses.computeIfAbsent(name, n -> new TreeSet<>());
              for (String text : texts) {
                Matcher use = USE.matcher(text);
                while (use.find()) {
                  others.add(use.group(1));
                }
              }
              others.remove(name);
            });
    return uses;
  }

  /** The sources of each package, without comments. */
  private static Map<String, List<String>> sources() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    Map<String, List<String>> sources = new TreeMap<>();
    for (Path file : files) {
      String text = Files.readString(file);
      Matcher declaration = PACKAGE.matcher(text);
      assertTrue(declaration.find(), () -> file + " has no package");
      String code =
          text.lines()
              .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("/*"))
              .collect(Collectors.joining("\n"));
      sources.computeIfAbsent(declaration.group(1), name -> new ArrayList<>()).add(code);
    }
    return sources;
  }
}
