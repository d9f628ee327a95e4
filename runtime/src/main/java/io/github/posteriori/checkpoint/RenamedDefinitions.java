package io.github.posteriori.checkpoint;

import java.util.Map;

/** The definitions that moved to another package after checkpoints of them were written. */
final class RenamedDefinitions {
  /** Former package to present package. */
  private static final Map<String, String> PACKAGES =
      Map.of("io.github.posteriori.examples.models", "io.github.posteriori.models");

  private RenamedDefinitions() {}

  /** Returns the present binary name of a definition that a checkpoint names. */
  static String present(String definition) {
    int end = Math.max(0, definition.lastIndexOf('.'));
    String home = definition.substring(0, end);
    return PACKAGES.getOrDefault(home, home) + definition.substring(end);
  }
}
