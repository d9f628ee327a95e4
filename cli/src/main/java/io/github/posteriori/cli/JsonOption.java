package io.github.posteriori.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option of every command that can report to a program. */
final class JsonOption {
  @Option(names = "--json", description = "end with one line of JSON on standard output")
  private boolean json;

  /**
   * Prints the report as one line of JSON, if that is asked for: in UTF-8, as JSON is, whatever the
   * locale.
   *
   * @param report a record of strings and numbers, or a list of such
   */
  void print(Supplier<?> report) {
    if (json) {
      System.out.writeBytes(line(report.get()));
      System.out.flush();
    }
  }

  private static byte[] line(Object report) {
    try {
      String json = new ObjectMapper().writeValueAsString(report);
      return (json + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of strings and numbers is always JSON", e);
    }
  }
}
