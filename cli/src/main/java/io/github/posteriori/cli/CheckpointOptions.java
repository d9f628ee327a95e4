package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.Networks;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs a trained network. */
final class CheckpointOptions {
  static final String ESTIMATOR = "lrt, bbb or point (default: the one it was trained with)";

  @Option(
      names = "--checkpoint",
      paramLabel = "F",
      required = true,
      description = "a file that train wrote")
  private Path checkpoint;

  @Option(names = "--estimator", paramLabel = "E", description = ESTIMATOR)
  private Estimator estimator;

  @Mixin private SavedNetOptions net;

  /** Creates options for the command line to fill. */
  CheckpointOptions() {}

  /**
   * Creates options of a command that has others for the file.
   *
   * @param estimator null for the one that the network was trained with
   * @param net which network the file holds
   */
  CheckpointOptions(Path checkpoint, Estimator estimator, SavedNetOptions net) {
    this.checkpoint = checkpoint;
    this.estimator = estimator;
    this.net = net;
  }

  Path file() {
    return checkpoint;
  }

  /** Finds networks as these options say. */
  Networks networks() {
    return net.networks();
  }

  /** Finds the definition of the network in the file. */
  Definition definition() {
    return networks().definition(checkpoint, net.net());
  }

  /** Loads the network in the file; says so where its estimator is replaced. */
  BayesModule load(long seed, EngineOptions engine) {
    return load(ModuleOptions.defaults().withSeed(seed).withEngine(engine.name()));
  }

  /** Loads the network in the file with these options; says so where its estimator is replaced. */
  BayesModule load(ModuleOptions options) {
    requireSafetensors();
    Checkpoint saved = Checkpoint.read(checkpoint);
    if (estimator != null) {
      options = options.withEstimator(estimator);
    }
    BayesModule module = net.networks().load(checkpoint, net.net(), options);
    requirePosterior(module);
    saved
        .options()
        .estimator()
        .filter(trained -> estimator != null && trained != estimator)
        .ifPresent(
            trained ->
                System.err.println("estimator " + estimator + " replaces the saved " + trained));
    if (saved.calibration().isPresent() && module.calibration().isEmpty()) {
      LostCalibration.tell(
          checkpoint,
          "predictions by the saved estimator",
          "leave --estimator out, or calibrate with --estimator " + JsonReport.name(estimator),
          System.err);
    }
    return module;
  }

  private void requireSafetensors() {
    String name = checkpoint.toString();
    if (name.endsWith(".pt") || name.endsWith(".pth")) {
      throw new IllegalArgumentException(
          "the checkpoint is "
              + name
              + ", a file of PyTorch, expected a .safetensors: make one with convert");
    }
  }

  /** Refuses an estimator that samples, for a network without a posterior. */
  private void requirePosterior(BayesModule module) {
    boolean sampling = estimator != null && estimator != Estimator.POINT;
    if (sampling && Kind.of(module) == Kind.FREQUENTIST) {
      throw new IllegalArgumentException(
          "estimator is "
              + estimator
              + ", but the network in "
              + checkpoint
              + " is frequentist and has no posterior to sample: leave it out");
    }
  }

  /** Limits the samples to those worth their time: those of a point estimate are all equal. */
  static int samples(BayesModule module, int asked) {
    return module.predictor().isRandom(module) ? asked : Math.min(asked, 1);
  }
}
