package io.github.posteriori.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option of every command that can report to a program. */
final class JsonOption {
  @Option(names = "--json", description = "end with one line of JSON on standard output")
  private boolean json;

  /**
   * Prints the report as one line of JSON, if that is asked for.
   *
   * @param report a record of strings and numbers, or a list of such
   */
  void print(Supplier<?> report) {
    if (json) {
      System.out.println(line(report.get()));
    }
  }

  private static String line(Object report) {
    try {
      return new ObjectMapper().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of strings and numbers is always JSON", e);
    }
  }
}
