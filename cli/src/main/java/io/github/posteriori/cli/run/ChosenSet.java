package io.github.posteriori.cli.run;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Part;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A set that {@code --dataset} or {@code --ood} chooses: a shipped one, or one of the user's own.
 */
public sealed interface ChosenSet permits ShippedSet, OwnSet {

  /** What chooses the set again: the name of a shipped one, or a path. */
  String name();

  /** What to call the set in names of files. */
  default String label() {
    return name();
  }

  /**
   * Reads one part.
   *
   * @param data the folder of shipped sets
   */
  Dataset read(Path data, Part part);

  /** Reads the part for validation, if the set has one. */
  default Optional<Dataset> valid() {
    return Optional.empty();
  }

  /** Says where a set of the user's own lies and how it is read; empty for a shipped one. */
  default Optional<SavedSource> source() {
    return Optional.empty();
  }

  /** The set that this one is a part of, or else itself. */
  default ChosenSet whole() {
    return this;
  }
}
