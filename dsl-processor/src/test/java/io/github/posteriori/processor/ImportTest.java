package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Users import the annotations and the runtime's root package whole. */
class ImportTest {
  private static final List<String> ANNOTATIONS =
      simpleNames("dsl-annotations/src/main/java/io/github/posteriori/annotations");
  private static final List<String> RUNTIME =
      simpleNames("runtime/src/main/java/io/github/posteriori");

  private static List<String> simpleNames(String folder) {
    try (Stream<Path> files = Files.list(Path.of("..", folder.split("/")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java") && !name.startsWith("package-info"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noSimpleNameStandsInBoth() {
    assertThat(ANNOTATIONS).contains("Block");
    assertThat(RUNTIME).contains("Layer");
    assertThat(RUNTIME).containsNoneIn(ANNOTATIONS);
  }

  @Test
  void noSimpleNameHidesOneOfJavaLang() {
    for (String name : Stream.concat(ANNOTATIONS.stream(), RUNTIME.stream()).toList()) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName("java.lang." + name), name);
    }
  }
}
