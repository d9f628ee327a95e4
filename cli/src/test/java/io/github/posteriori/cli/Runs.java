package io.github.posteriori.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs of {@code train}. */
final class Runs {
  private Runs() {}

  /**
   * Trains in this process.
   *
   * @param options that all runs of a test have, with blanks between them
   * @param run folder of the run
   */
  static Outcome train(String options, Path run, String... more) {
    Stream<String> common = Stream.of("train", options, "--out").flatMap(Runs::words);
    Stream<String> own = Stream.concat(Stream.of(run.toString()), Stream.of(more));
    return Outcome.of(Stream.concat(common, own).toArray(String[]::new));
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.split(" "));
  }

  /** Reads the configuration that a run keeps. */
  static JsonNode config(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("config.json").toFile());
  }
}
