package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.spec.Stated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Resolves the sizes that a class states: {@link Dim#FREE} becomes a parameter, or a given value.
 */
final class OpenSizes {
  private final Optional<Deque<Count>> given;
  private final List<FreeDimension> free = new ArrayList<>();

  private OpenSizes(Optional<Deque<Count>> given) {
    this.given = given;
  }

  /** Resolves the sizes of a network on its own: free ones are parameters. */
  static OpenSizes alone() {
    return new OpenSizes(Optional.empty());
  }

  /** Resolves the sizes of a block, whose free outputs are {@code outputs}, in order. */
  static OpenSizes given(List<Count> outputs) {
    return new OpenSizes(Optional.of(new ArrayDeque<>(outputs)));
  }

  /** The parameters so far, in the order of declaration. */
  List<FreeDimension> free() {
    return free;
  }

  /** Returns a dimension of the input, if valid. */
  Optional<Count> side(Stated<Integer> stated, String name, String meaning) {
    return size(stated.value(), name, meaning, true);
  }

  /** Returns an output of a layer, if valid. */
  Optional<Count> output(int stated, String name, String meaning) {
    return size(stated, name, meaning, false);
  }

  private Optional<Count> size(int stated, String name, String meaning, boolean ofInput) {
    if (stated != Dim.FREE) {
      return stated < 1 ? Optional.empty() : Optional.of(Count.of(stated));
    }
    if (given.isPresent()) {
      return Optional.of(given.get().remove());
    }
    String unique = name;
    while (isFree(unique)) {
      unique += "_";
    }
    free.add(new FreeDimension(unique, meaning, ofInput));
    return Optional.of(Count.free(unique));
  }

  /**
   * Returns whether a free dimension has this name; names of a field's and a block's may coincide.
   */
  private boolean isFree(String name) {
    return free.stream().anyMatch(dimension -> dimension.name().equals(name));
  }
}
