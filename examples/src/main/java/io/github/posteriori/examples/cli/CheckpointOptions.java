package io.github.posteriori.examples.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.ModuleFile;
import io.github.posteriori.examples.run.Net;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every command that runs a trained network. */
final class CheckpointOptions {
  @Option(
      names = "--checkpoint",
      paramLabel = "F",
      required = true,
      description = "a file that train wrote")
  private Path checkpoint;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "lrt, bbb or point (default: the one it was trained with)")
  private Estimator estimator;

  Path file() {
    return checkpoint;
  }

  /** The network in the file; says so where its estimator is replaced. */
  BayesModule load(long seed, EngineOptions engine) {
    ModuleOptions saved = ModuleFile.read(checkpoint).options();
    ModuleOptions options = ModuleOptions.defaults().withSeed(seed).withEngine(engine.name());
    if (estimator != null) {
      options = options.withEstimator(estimator);
      saved
          .estimator()
          .filter(trained -> trained != estimator)
          .ifPresent(
              trained ->
                  System.err.println("estimator " + estimator + " replaces the saved " + trained));
    }
    return Net.load(checkpoint, options);
  }

  /** How many samples are worth their time: those of a point estimate are all equal. */
  static int samples(BayesModule module, int asked) {
    boolean equal = module.network().sampledPosteriors().isEmpty();
    return equal ? Math.min(asked, 1) : asked;
  }
}
