package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.spec.Stated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The sizes that a class states, each {@link Dim#FREE} one a parameter, or given by the place. */
final class OpenSizes {
  private final Optional<Deque<Count>> given;
  private final List<FreeDimension> free = new ArrayList<>();

  private OpenSizes(Optional<Deque<Count>> given) {
    this.given = given;
  }

  /** Those of a network that stands alone: free ones are parameters. */
  static OpenSizes alone() {
    return new OpenSizes(Optional.empty());
  }

  /** Those of a block, whose free outputs are {@code outputs}, in their order. */
  static OpenSizes given(List<Count> outputs) {
    return new OpenSizes(Optional.of(new ArrayDeque<>(outputs)));
  }

  /** The parameters so far, in the order of declaration. */
  List<FreeDimension> free() {
    return free;
  }

  /** A side of the input, where it makes sense. */
  Optional<Count> side(Stated<Integer> stated, String name, String meaning) {
    return size(stated.value(), name, meaning, true);
  }

  /** An output of a layer, where it makes sense. */
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

  /** Whether a dimension is called so: that of a field and that of a block may be alike. */
  private boolean isFree(String name) {
    return free.stream().anyMatch(dimension -> dimension.name().equals(name));
  }
}
