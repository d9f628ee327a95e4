package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program, in folders whose names have other letters than ASCII. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir private Path folder;

  private record Answer(int code, String out, String err) {}

  /** Installs the program as it is built here. */
  private Path installed() throws Exception {
    Path home = Files.createDirectories(folder.resolve("Größe/posteriori"));
    Files.createDirectories(home.resolve("bin"));
    for (String script : List.of("posteriori", "launch.sh", "jvm.sh")) {
      Files.copy(Path.of("..", "bin", script), home.resolve("bin").resolve(script));
    }
    Files.createFile(home.resolve("pom.xml"));
    Files.createDirectories(home.resolve("cli/src/main"));
    Files.createFile(home.resolve("cli/pom.xml"));
    Path target = Files.createDirectories(home.resolve("cli/target"));
    String main = Main.class.getName().replace('.', '/') + ".class";
    Path compiled = target.resolve("classes").resolve(main);
    Files.createDirectories(compiled.getParent());
    try (InputStream in = Main.class.getResourceAsStream("Main.class")) {
      Files.copy(in, compiled);
    }
    String present =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Files.exists(Path.of(entry)))
            .collect(Collectors.joining(":"));
    Files.writeString(target.resolve("classpath.txt"), present);
    return home.resolve("bin/posteriori");
  }

  private static Answer run(Path where, Path script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path err = Files.createTempFile("err", null);
    try {
      Process process = builder.redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  private static boolean hasUnicodeLocale() throws IOException {
    Process list = new ProcessBuilder("locale", "-a").redirectErrorStream(true).start();
    String names = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return names.toLowerCase(Locale.ROOT).matches("(?s).*\\.utf-?8\n.*");
  }

  @Test
  void namesWithOtherLettersWorkInTheLocaleOfContainers() throws Exception {
    assumeTrue(System.getProperty("sun.jnu.encoding").equals("UTF-8"), "names here are in UTF-8");
    assumeTrue(hasUnicodeLocale(), "there is a locale of UTF-8");
    Path script = installed();
    Path pictures = Files.createDirectories(folder.resolve("Blütenstaub"));
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(image, "png", pictures.resolve("Ünï.png").toFile());
    Path checkpoint =
        Files.copy(TrainedDigits.checkpoint(), pictures.resolve("größtes.safetensors"));

    Answer answer =
        run(
            pictures,
            script,
            "predict",
            "--checkpoint",
            checkpoint.toString(),
            "--json",
            "Ünï.png",
            "fehlt für immer.png");

    assertEquals(1, answer.code, answer.err);
    assertTrue(answer.out.startsWith("Ünï.png: "), answer.out);
    JsonNode json = new ObjectMapper().readTree(answer.out.substring(answer.out.indexOf('[')));
    assertEquals(1, json.size());
    assertEquals("Ünï.png", json.get(0).get("file").asText());
    assertTrue(answer.err.contains("fehlt für immer.png: found no such file"), answer.err);
  }
}
