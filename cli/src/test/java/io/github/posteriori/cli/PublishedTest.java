package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which modules are published, as the poms tell it in three places. */
class PublishedTest {
  private static final Path ROOT = Path.of("..");

  private static Set<String> all(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }

  private static String pom(String module) throws IOException {
    return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
  }

  @Test
  void theBomListsEveryLibraryAndProgramsAreExcluded() throws IOException {
    Set<String> libraries = new TreeSet<>();
    Set<String> programs = new TreeSet<>();
    for (String module : all("<module>([a-z-]+)</module>", pom("."))) {
      String pom = pom(module);
      if (pom.contains("<maven.deploy.skip>true<")) {
        programs.add(module);
      } else if (!pom.contains("<packaging>")) {
        libraries.add(module);
      }
    }
    assertTrue(libraries.contains("runtime"), libraries::toString);
    String managed = pom("bom").replaceFirst("(?s).*<dependencyManagement>", "");
    managed = managed.substring(0, managed.indexOf("</dependencyManagement>"));
    assertEquals(libraries, all("<artifactId>([a-z-]+)</artifactId>", managed));
    assertEquals(programs, all("<excludeArtifact>([a-z-]+)</excludeArtifact>", pom(".")));
  }
}
