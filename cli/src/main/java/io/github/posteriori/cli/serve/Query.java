package io.github.posteriori.cli.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The parameters of a request's address.
 *
 * @param values by name
 */
record Query(Map<String, String> values) {

  /**
   * Reads the parameters of an address.
   *
   * @param known the names that there are
   * @throws Refusal when there is another one, or one comes twice
   */
  static Query of(URI address, Set<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    String raw = address.getRawQuery();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "true" : decoded(pair.substring(equals + 1));
      if (!known.contains(name) || values.put(name, value) != null) {
        throw new Refusal(
            400,
            "the address has the parameter '"
                + name
                + "', expected "
                + String.join(", ", known.stream().sorted().toList())
                + ", each at most once: leave it out");
      }
    }
    return new Query(values);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          400, "the address has a damaged %-escape, expected two hex digits: mend it");
    }
  }

  /** Returns a truth value, or one for where it is not stated. */
  boolean flag(String name, boolean otherwise) {
    String value = values.get(name);
    if (value == null || value.equals("true") || value.equals("false")) {
      return value == null ? otherwise : value.equals("true");
    }
    throw new Refusal(400, name + " is '" + value + "', expected true or false: choose one");
  }

  /** Returns a number from 0 to 1, if it is stated. */
  OptionalDouble share(String name) {
    String value = values.get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    try {
      double share = Double.parseDouble(value);
      if (share >= 0 && share <= 1) {
        return OptionalDouble.of(share);
      }
    } catch (NumberFormatException e) {
      // Refused like a number out of range.
    }
    throw new Refusal(
        400, name + " is '" + value + "', expected a number from 0 to 1, such as 0.05: state one");
  }
}
