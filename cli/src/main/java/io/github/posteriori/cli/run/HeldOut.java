package io.github.posteriori.cli.run;

import io.github.posteriori.Provenance;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a training held out the examples that it validated on, so that they are found again. The
 * configuration of the run says it where the checkpoint lies in its folder; a checkpoint elsewhere
 * is taken to be of a run that read all examples and held out a recipe's share.
 *
 * @param checkpoint the file, for messages
 * @param trained the record of the training
 * @param limit most examples that it read, or 0 for all
 * @param share of these that it held out
 */
public record HeldOut(Path checkpoint, Provenance trained, int limit, double share) {
  /** What every recipe holds out, where nothing says otherwise. */
  public static final double RECIPES_SHARE = 0.1;

  /** Finds how the network in a checkpoint was trained. */
  public static HeldOut of(Path checkpoint, Provenance trained) {
    Path config = new RunFolder(checkpoint.toAbsolutePath().getParent()).config();
    Optional<RunConfig> run =
        Files.isRegularFile(config) ? Optional.of(SavedRun.config(config)) : Optional.empty();
    return new HeldOut(
        checkpoint,
        trained,
        run.map(RunConfig::limit).orElse(0),
        run.map(RunConfig::validSize).orElse(RECIPES_SHARE));
  }

  /**
   * Splits the examples as the training did.
   *
   * @param all the training part of the set, and what of it is for validation
   * @param valid the part for validation, if the set has one
   * @throws IllegalArgumentException when the rest is not what the network was trained on
   */
  public Split split(Dataset all, Optional<Dataset> valid) {
    Dataset read = limited(all);
    Split split =
        valid
            .map(own -> new Split(read, limited(own)))
            .orElseGet(() -> read.split(share, trained.seed()));
    if (split.train().size() != trained.trainingImages()) {
      throw new IllegalArgumentException(
          "%s was trained on %s examples of %s, but %s of %s would be left as it is here: which were held out is not known, expected the checkpoint in the folder of its run, or --dataset with examples that it was not trained on"
              .formatted(
                  checkpoint,
                  trained.trainingImages(),
                  trained.dataset(),
                  split.train().size(),
                  read.size()));
    }
    return split;
  }

  private Dataset limited(Dataset part) {
    return limit == 0 ? part : part.limit(limit);
  }
}
