package io.github.posteriori.cli.run;

import io.github.posteriori.data.Dataset;
import java.util.Optional;

/**
 * What a run learns from.
 *
 * @param train images to learn from
 * @param valid images to validate on; if there are none, they are taken from {@code train}
 * @param test images to measure on at the end
 * @param source where they lie and how they were read, unless they are a shipped set
 */
public record RunData(
    Dataset train, Optional<Dataset> valid, Dataset test, Optional<SavedSource> source) {
  /** Images of a shipped set. */
  public RunData(Dataset train, Dataset test) {
    this(train, Optional.empty(), test, Optional.empty());
  }
}
