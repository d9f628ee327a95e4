package io.github.posteriori.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a command prints with {@code --json}. */
final class Json {
  private Json() {}

  /** A record of strings and numbers, or a list of such, as one line. */
  static String line(Object report) {
    try {
      return new ObjectMapper().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of strings and numbers is always JSON", e);
    }
  }
}
