package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.likelihood.Likelihood;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Steps that a shard takes on its own. They depend on nothing that this does not hold, so they can
 * be taken on another machine, and again.
 *
 * @param start from which it takes them
 * @param steps in their order
 * @param optimiser update rule of the parameters
 */
public record ShardSteps(ShardState start, List<Step> steps, Optimiser optimiser)
    implements Serializable {

  /**
   * One step.
   *
   * @param gradients of the shard's examples, if it has any in this batch
   * @param learningRate the learning rate
   * @param share of the training examples that these stand for
   */
  public record Step(GradientStep gradients, double learningRate, double share)
      implements Serializable {}

  /**
   * What a shard comes to.
   *
   * @param end after the last step
   * @param totals of each step
   */
  public record Result(ShardState end, List<StepTotals> totals) implements Serializable {}

  /** Returns these steps of other batches, such as the same with their images. */
  public ShardSteps with(UnaryOperator<Batch> batches) {
    return new ShardSteps(
        start,
        steps.stream()
            .map(
                step ->
                    new Step(
                        step.gradients.with(batches.apply(step.gradients.batch())),
                        step.learningRate,
                        step.share))
            .toList(),
        optimiser);
  }

  /**
   * Takes the steps.
   *
   * @param network its weights and statistics are overwritten
   */
  public Result take(Replica network) {
    start.weights().write(network);
    OptimiserRunner runner = network.runner().optimiser(optimiser);
    runner.restore(start.optimiser());
    Likelihood likelihood = start.likelihood();
    List<StepTotals> totals = new ArrayList<>();
    for (Step step : steps) {
      if (step.gradients.batch().count() == 0) {
        totals.add(new StepTotals(new Losses(0, network.runner().kl()), new double[1]));
        continue;
      }
      StepTotals own = step.gradients.with(likelihood).step(runner, step.learningRate);
      likelihood = likelihood.learn(own.means(step.gradients.batch().count()), step.share);
      totals.add(own);
    }
    return new Result(new ShardState(Weights.of(network), runner.state(), likelihood), totals);
  }
}
