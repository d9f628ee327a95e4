package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.io.Serializable;

/**
 * The gradients of one step, of which each shard of the batch contributes a part. It depends on the
 * weights and on nothing else that it does not hold, so it can be computed on another machine.
 *
 * @param batch the whole batch, or as much of it as {@code first} says
 * @param first position of the first example of {@code batch} in the whole batch
 * @param likelihood likelihood of the targets before the step
 * @param noise key of the first sample and the first image of the whole batch
 * @param samples number of posterior samples
 * @param weight N / B, the training images for each image of the whole batch
 * @param beta weight of the KL divergence; 0 if the optimiser or another shard accounts for it
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
    int outputs)
    implements Serializable {

  /** Returns the part of this step that a shard of the whole batch computes. */
  public GradientStep of(Shard shard) {
    Batch own = shard.of(batch);
    return new GradientStep(
        own,
        own.first() - batch.first(),
        likelihood,
        noise,
        samples,
        weight,
        shard.addsDivergence() ? beta : 0,
        outputs);
  }

  /**
   * Returns the step that a shard of the whole batch takes on its own: its examples stand for all.
   *
   * @param images number of training images
   */
  GradientStep alone(Shard shard, int images) {
    Batch own = shard.of(batch);
    return new GradientStep(
        own,
        own.first() - batch.first(),
        likelihood,
        noise,
        samples,
        (double) images / own.count(),
        beta,
        outputs);
  }

  /** Returns this step with another likelihood before it. */
  GradientStep with(Likelihood before) {
    return new GradientStep(batch, first, before, noise, samples, weight, beta, outputs);
  }

  /** Returns this step of another batch, such as the same with its images. */
  public GradientStep with(Batch other) {
    return new GradientStep(other, first, likelihood, noise, samples, weight, beta, outputs);
  }

  /** Takes this step, updating the weights as gradients come. */
  StepTotals step(OptimiserRunner optimiser, double learningRate) {
    BatchObjective objective = new BatchObjective(likelihood, batch, weight);
    Losses losses = optimiser.step(request(objective, AllGather.alone()), learningRate);
    double[] sums = new double[1 + likelihood.statistics(outputs)];
    sums[0] = objective.score();
    objective.addStatistics(sums, 1);
    return new StepTotals(losses, sums);
  }

  /**
   * Computes the gradients of this batch.
   *
   * @param network has the weights before the step; its gradients and statistics are overwritten
   * @param others exchanges numbers with the other shards
   */
  public ShardGradients compute(Replica network, AllGather others) {
    return ShardGradients.read(set(network, others), network);
  }

  /**
   * Sets the gradients of a network to those of this batch.
   *
   * @return the objective, the score, and the sums of what the likelihood learns
   */
  double[] set(Replica network, AllGather others) {
    BatchObjective objective = new BatchObjective(likelihood, batch, weight);
    double[] totals = new double[2 + likelihood.statistics(outputs)];
    if (batch.count() == 0) {
      network.trained().forEach(Parameter::clearGradient);
      return totals;
    }
    totals[0] = network.runner().gradients(request(objective, others)).objective();
    totals[1] = objective.score();
    objective.addStatistics(totals, 2);
    return totals;
  }

  private StepRequest request(BatchObjective objective, AllGather others) {
    return new StepRequest(
        batch.images(),
        batch.count(),
        noise.withFirstImage(first),
        samples,
        beta,
        objective,
        others);
  }
}
