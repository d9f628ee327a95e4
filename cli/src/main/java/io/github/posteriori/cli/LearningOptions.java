package io.github.posteriori.cli;

import io.github.posteriori.cli.run.Learning;
import io.github.posteriori.cli.run.OptimiserChoice;
import io.github.posteriori.cli.run.Recipe;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how weights learn. */
final class LearningOptions {
  @Option(
      names = "--optimiser",
      paramLabel = "O",
      description = "adam, sgd with momentum 0.9, or ivon (default: the recipe's)")
  private OptimiserChoice optimiser;

  @Option(
      names = "--hessian",
      paramLabel = "H",
      description =
          "with --optimiser ivon: where its estimate of the curvature starts, and with it sigma,"
              + " near sqrt(beta / (H N)) for N examples (default: 0.05)")
  private Double hessian;

  @Option(
      names = "--hessian-decay",
      paramLabel = "B",
      description =
          "with --optimiser ivon: share of that estimate that a step keeps; near 1 sigma hardly"
              + " moves (default: the recipe's, or 0.99)")
  private Double hessianDecay;

  @Option(
      names = "--lr",
      paramLabel = "L",
      description =
          "learning rate of the first step; it falls linearly to 0 (default: the recipe's)")
  private Double learningRate;

  @Option(
      names = "--beta",
      paramLabel = "B",
      description =
          "weight of the KL divergence: a number, standard (1), blundell or soenderby (default: the"
              + " recipe's)")
  private String beta;

  /** Returns whether another optimiser than IVON is asked for. */
  boolean isWithoutIvon() {
    return optimiser != null && optimiser != OptimiserChoice.IVON;
  }

  /**
   * Settles how weights learn, where nothing is stated as a recipe says.
   *
   * @param examples to learn from
   */
  Learning of(Recipe.Settings recipe, Recipe.Examples examples) {
    RunOptions.require(
        learningRate == null || (learningRate > 0 && Double.isFinite(learningRate)),
        "lr",
        learningRate,
        "a number above 0");
    Learning usual = recipe.learning();
    OptimiserChoice chosen = RunOptions.stated(optimiser, usual.optimiser());
    return new Learning(
        chosen,
        Optional.ofNullable(hessian),
        Optional.ofNullable(hessianDecay).or(usual::hessianDecay),
        RunOptions.stated(learningRate, usual.lr(chosen)),
        RunOptions.stated(beta, recipe.beta(chosen, examples)));
  }
}
