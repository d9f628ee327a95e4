package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import picocli.CommandLine.Option;

/** The options of commands that answer examples of which nothing else is known. */
final class SampleOptions {
  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "25",
      description = "posterior samples of each picture or row (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "of the posterior samples (default: ${DEFAULT-VALUE})")
  private long seed;

  /** Loads the network of a checkpoint, with the seed of its samples. */
  BayesModule load(CheckpointOptions checkpoint, EngineOptions engine) {
    return checkpoint.load(seed, engine);
  }

  /** The samples that were asked for. */
  int samples() {
    return samples;
  }

  /** Returns how many are worth their time. */
  int samples(BayesModule module) {
    return CheckpointOptions.samples(module, samples);
  }
}
