package io.github.posteriori.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A page of the documentation, and the Java in it. */
record Page(String text) {
  static final Path ROOT = Path.of("..");

  /** Reads {@code README.md}, {@code docs/tutorial.md} and the like. */
  static Page read(String file) throws IOException {
    return new Page(Files.readString(ROOT.resolve(file)));
  }

  /** The blocks of Java in their order. */
  List<String> java() {
    return Arrays.stream(text.split("```java\n"))
        .skip(1)
        .map(rest -> rest.substring(0, rest.indexOf("```")))
        .toList();
  }

  /** The first block of Java that contains {@code part}. */
  String java(String part) {
    return java().stream().filter(block -> block.contains(part)).findFirst().orElseThrow();
  }
}
