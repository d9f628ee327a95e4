package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked where others may read it and nobody may write. Run once it is made. */
@DisabledOnOs(OS.WINDOWS)
class ArchiveCheck {
  @TempDir private static Path folder;
  private static Path home;
  private static Script script;

  @BeforeAll
  static void unpack() throws Exception {
    Path place = Files.createDirectory(folder.resolve("two words"));
    Script.call("tar", "-xzf", System.getProperty("posteriori.archive"), "-C", place.toString());
    try (Stream<Path> unpacked = Files.list(place)) {
      home = unpacked.findFirst().orElseThrow();
    }
    Path link =
        Files.createSymbolicLink(folder.resolve("posteriori"), home.resolve("bin/posteriori"));
    script = new Script(link).ofAReader(folder);
  }

  /** What cannot be written cannot be deleted. */
  @AfterAll
  static void release() throws Exception {
    Script.call("chmod", "-R", "u+w", folder.toString());
  }

  @Test
  void itRunsThroughALinkForSomebodyWhoCannotWriteThere() throws Exception {
    Path work = Files.createTempDirectory("archive");
    Script.call("chmod", "a+rwx", work.toString());
    try {
      Script.Answer answer =
          script
              .with("HOME", work.toString())
              .run(work, "train", "--epochs", "1", "--limit", "300", "--json", "--out", "run");

      assertEquals(0, answer.code(), answer.err());
      assertTrue(Files.exists(work.resolve("run/best.safetensors")), answer.out());
      String json = answer.out().substring(answer.out().lastIndexOf("\n{") + 1);
      JsonNode run = new ObjectMapper().readTree(json);
      assertEquals("vector", run.get("engine").asText());
      assertTrue(answer.err().lines().noneMatch(line -> line.contains("WARN")), answer.err());
    } finally {
      Script.call("rm", "-r", work.toString());
    }
  }

  @Test
  void itHoldsTheLicenceTheDocumentsAndTheProcessor() throws IOException {
    for (String name : List.of("LICENSE", "README.md", "docs/command-line.md")) {
      assertEquals(
          Files.readString(Path.of("..", name)), Files.readString(home.resolve(name)), name);
    }
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
      assertTrue(names.stream().anyMatch(name -> name.startsWith("dsl-processor")), "" + names);
      assertTrue(names.stream().anyMatch(name -> name.startsWith("javapoet")), "" + names);
    }
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    assertEquals("train", completion("posteriori", "tra"));
    assertEquals("--epochs", completion("posteriori", "train", "--ep"));
    assertEquals("--ood", completion("posteriori", "uncertainty", "--oo"));
  }

  private static String completion(String... words) throws Exception {
    Path asking = Files.createTempFile("complete", ".sh");
    try {
      Files.writeString(
          asking,
          """
          . "$1"
          shift
          COMP_WORDS=("$@")
          COMP_CWORD=$(($# - 1))
          _complete_posteriori
          printf '%s' "${COMPREPLY[*]}"
          """);
      String[] arguments =
          Stream.concat(
                  Stream.of(home.resolve("completion/posteriori.sh").toString()), Stream.of(words))
              .toArray(String[]::new);
      return new Script(asking).run(folder, arguments).out().strip();
    } finally {
      Files.delete(asking);
    }
  }
}
