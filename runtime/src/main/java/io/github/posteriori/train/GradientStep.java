package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;

/**
 * The gradients of one step, of which each shard of the batch contributes a part.
 *
 * @param batch the whole batch, or as much of it as {@code first} says
 * @param first position of the first example of {@code batch} in the whole batch
 * @param likelihood likelihood of the targets before the step
 * @param noise key of the first sample and the first image of the whole batch
 * @param samples number of posterior samples
 * @param weight N / B, the training images for each image of the whole batch
 * @param beta weight of the KL divergence; 0 if the optimiser accounts for it
 * @param outputs number of outputs of the network
 */
public record GradientStep(
    Batch batch,
    int first,
    Likelihood likelihood,
    NoiseKey noise,
    int samples,
    double weight,
    double beta,
    int outputs) {

  /** Returns the part of this step that a shard of the whole batch needs. */
  public GradientStep of(Shard shard) {
    Batch own = shard.of(batch);
    return new GradientStep(
        own, own.first() - batch.first(), likelihood, noise, samples, weight, beta, outputs);
  }

  /**
   * Sets the gradients of {@code trained} to those of a shard.
   *
   * @return the objective, the score, and the sums of what the likelihood learns
   */
  public double[] compute(Shard shard, NetworkRunner runner, List<Parameter> trained) {
    return of(shard).compute(shard.addsDivergence(), runner, trained);
  }

  /**
   * Sets the gradients of {@code trained} to those of this batch.
   *
   * @param addsDivergence whether they include that of the KL divergence
   * @return the objective, the score, and the sums of what the likelihood learns
   */
  public double[] compute(boolean addsDivergence, NetworkRunner runner, List<Parameter> trained) {
    BatchObjective objective = new BatchObjective(likelihood, batch, weight);
    double[] totals = new double[2 + likelihood.statistics(outputs)];
    if (batch.count() == 0) {
      trained.forEach(Parameter::clearGradient);
      return totals;
    }
    totals[0] = runner.gradients(request(objective, addsDivergence ? beta : 0)).objective();
    totals[1] = objective.score();
    objective.addStatistics(totals, 2);
    return totals;
  }

  StepRequest request(BatchObjective objective, double beta) {
    return new StepRequest(
        batch.images(), batch.count(), noise.withFirstImage(first), samples, beta, objective);
  }
}
