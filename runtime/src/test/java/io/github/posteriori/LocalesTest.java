package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that is written depends on the user's language: read from the main sources. */
class LocalesTest {
  /** In some languages a number has other digits, or a comma for a point. */
  private static final Pattern NUMBER_IN_THE_USERS_LANGUAGE =
      Pattern.compile("%[-,.0-9]*[dfeg](?:(?![;{}]|->)[\\s\\S])*\\.formatted\\(");

  /** In Turkish an i in upper case has a dot. */
  private static final Pattern CASE_IN_THE_USERS_LANGUAGE =
      Pattern.compile("\\.to(?:Lower|Upper)Case\\(\\)");

  @Test
  void numbersAndCasesAreThoseOfNoLanguage() throws IOException {
    List<String> found = new ArrayList<>();
    int read = 0;
    for (Path source : sources()) {
      String text = Files.readString(source);
      read++;
      for (Pattern pattern : List.of(NUMBER_IN_THE_USERS_LANGUAGE, CASE_IN_THE_USERS_LANGUAGE)) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          found.add(source.getFileName() + ": " + matcher.group().strip());
        }
      }
    }
    assertEquals(List.of(), found, "expected Locale.ROOT, or %s for a whole number");
    assertTrue(read > 300, "only " + read + " sources were found");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
          .toList();
    }
  }
}
