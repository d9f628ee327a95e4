package io.github.posteriori.data;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The examples that two sets have in common because both are parts of one set, or one of the other.
 * Examples that only look the same are not found.
 */
public final class SharedExamples {
  private SharedExamples() {}

  /** Returns the first example of {@code set} that is in {@code other}, too; empty if none is. */
  public static OptionalInt first(Dataset set, Dataset other) {
    Set<Origin> origins = new HashSet<>();
    for (int i = 0; i < other.size(); i++) {
      origins.add(Origin.of(other, i));
    }
    return IntStream.range(0, set.size())
        .filter(i -> origins.contains(Origin.of(set, i)))
        .findFirst();
  }
}
