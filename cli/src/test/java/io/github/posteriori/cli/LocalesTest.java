package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program reads and writes is the same in every language. */
class LocalesTest {
  private static final Path ROOT = Path.of("..");

  /** Calls that take the rules of the user's language unless they are told otherwise. */
  private static final Pattern UNTOLD =
      Pattern.compile(
          "to(Lower|Upper)Case\\(\\)|(String\\.format|printf)\\((?!\\s*Locale\\.ROOT)[^\n]*");

  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

  /** A format without a locale, which must have no numbers. */
  private static final Pattern FORMATTED =
      Pattern.compile("(?:" + LITERAL + "\\s*\\+?\\s*)+\\)?\\s*\\.formatted\\(");

  private static final Pattern NUMBER = Pattern.compile("%(\\d+\\$)?[-+ 0,(#.\\d]*[defg]");

  private final Locale usual = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(usual);
  }

  @Test
  void noSourceLeavesLettersOrNumbersToTheLanguageOfTheUser() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.map(each -> each.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (Stream<Path> files = Files.walk(module)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    List<String> untold = new ArrayList<>();
    for (Path source : sources) {
      String text = Files.readString(source);
      Stream.concat(
              UNTOLD.matcher(text).results(),
              FORMATTED.matcher(text).results().filter(call -> NUMBER.matcher(call.group()).find()))
          .map(MatchResult::group)
          .forEach(call -> untold.add(source.getFileName() + ": " + call));
    }
    assertTrue(sources.size() > 300, sources.size() + " sources");
    assertEquals(List.of(), untold, "add Locale.ROOT");
  }

  /** Turkish has an i without a dot; Arabic has other digits and another decimal point. */
  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab"})
  void everyLanguageGetsTheSameAnswersAndFiles(String language) throws IOException {
    Locale.setDefault(Locale.ROOT);
    List<String> expected = outputs("root");

    Locale.setDefault(Locale.forLanguageTag(language));

    List<String> found = outputs("other");
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i));
    }
  }

  @Test
  void jsonOnStandardOutputIsUtf8WhereTheTerminalIsNot() throws IOException {
    Path picture = folder.resolve("Ünï.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
    try {
      Main.run(
          "predict",
          "--checkpoint",
          TrainedDigits.checkpoint().toString(),
          picture.toString(),
          "--json");
    } finally {
      System.setOut(out);
    }
    String printed = bytes.toString(StandardCharsets.UTF_8);
    String json = printed.substring(printed.indexOf("[{"));
    assertEquals(picture.toString(), new ObjectMapper().readTree(json).get(0).get("file").asText());
  }

  private List<String> outputs(String name) throws IOException {
    Path run = folder.resolve(name);
    List<String> outputs = new ArrayList<>();
    Outcome trained =
        Outcome.of(
            "train",
            "--limit",
            "40",
            "--epochs",
            "1",
            "--activation",
            "SOFTPLUS",
            "--lr",
            "0.001",
            "--estimator",
            "LRT",
            "--record",
            "conv1",
            "--offline",
            "--out",
            run.toString());
    assertEquals(0, trained.code(), trained.err());
    for (String file : List.of("config.json", "config.properties", "posteriors.csv")) {
      outputs.add(Files.readString(run.resolve(file)));
    }
    String metrics = Files.readString(run.resolve("metrics.csv"));
    outputs.add(metrics.substring(0, metrics.lastIndexOf(',')));
    outputs.add(Files.readString(run.resolve("best.safetensors"), StandardCharsets.ISO_8859_1));
    outputs.add(hex(run.resolve("posteriors.png")));
    String checkpoint = run.resolve("best.safetensors").toString();
    for (String[] command :
        new String[][] {
          {"summary", "--net", "lenet"},
          {"evaluate", "--checkpoint", checkpoint, "--limit", "20", "--out", run.toString()},
          {"predict", "--checkpoint", checkpoint, run.resolve("curves.png").toString(), "--json"},
          {"convert", checkpoint, run.resolve("net.pt").toString()},
          {"predict", "--checkpoint", checkpoint, run.resolve("none.png").toString()}
        }) {
      Outcome outcome = Outcome.of(command);
      outputs.add((outcome.code() + outcome.out()).replace(run.toString(), "RUN"));
    }
    outputs.add(Files.readString(run.resolve("predictions.csv")));
    outputs.add(hex(run.resolve("reliability.png")));
    return outputs;
  }

  private static String hex(Path file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }
}
