package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;

/** Runs training steps: forward, loss {@code N * mean NLL + beta * KL}, backward, optimiser. */
public final class TrainingStep {
  private final NetworkRunner runner;
  private final Network network;
  private final Setup setup;
  private final OptimiserRunner optimiser;
  private Likelihood likelihood;
  private long step;

  /**
   * The settings common to all steps of a training.
   *
   * @param likelihood likelihood of the targets before the first step
   * @param optimiser update rule of the parameters
   * @param trainingImages N, the size of the training split, at least 1
   * @param seed random seed of the noise
   * @param samples number of posterior samples for each batch, at least 1
   * @param exchange exchange of gradients with the trainers of the other shards
   */
  public record Setup(
      Likelihood likelihood,
      Optimiser optimiser,
      int trainingImages,
      long seed,
      int samples,
      GradientExchange exchange) {
    public Setup {
      if (trainingImages < 1 || samples < 1) {
        throw new IllegalArgumentException(
            "trainingImages is %s and samples is %s, expected at least 1 of each"
                .formatted(trainingImages, samples));
      }
    }
  }

  /** Prepares the steps of one training. */
  public TrainingStep(NetworkRunner runner, Network network, Setup setup) {
    this.runner = runner;
    this.network = network;
    this.setup = setup;
    this.optimiser = runner.optimiser(setup.optimiser);
    this.likelihood = setup.likelihood;
  }

  /**
   * The measurements of a step, with the weights before it.
   *
   * @param step number of the step, from 0
   * @param images number of images in the batch
   * @param nll mean negative log-likelihood of an image, in nats
   * @param kl KL(q || p), in nats
   * @param loss {@code N * nll + beta * kl}
   * @param score contribution of the images to the likelihood's score
   */
  public record Report(long step, int images, double nll, double kl, double loss, double score) {}

  /** The likelihood of the targets, with what it has learned so far. */
  public Likelihood likelihood() {
    return likelihood;
  }

  /** Returns the state that the next steps depend on, besides the weights. */
  public OptimiserState state() {
    return optimiser.state();
  }

  /**
   * Continues from the state of another training of the same network.
   *
   * @throws IllegalArgumentException when {@code state} belongs to another network or optimiser
   */
  public void restore(OptimiserState state) {
    optimiser.restore(state);
    step = state.steps();
  }

  /**
   * Trains on one batch.
   *
   * @param beta weight of the KL divergence, at least 0
   * @param learningRate the learning rate, at least 0
   * @throws IllegalArgumentException when the images or targets do not fit the network, or a number
   *     is out of range
   * @throws DivergedException when the loss is not finite; the step then changes no weight
   */
  public Report run(Batch batch, double beta, double learningRate) {
    requireFit(batch);
    requireFinite("beta", beta);
    requireFinite("learningRate", learningRate);
    if (step == 0) {
      optimiser.start();
    }
    NoiseKey noise = NoiseKey.training(setup.seed, step);
    boolean alone = setup.optimiser.accountsForDivergence();
    boolean divided = setup.exchange.shards() > 1;
    GradientStep gradients =
        new GradientStep(
            batch,
            0,
            likelihood,
            noise,
            setup.samples,
            (double) setup.trainingImages / batch.count(),
            divided && alone ? 0 : beta,
            network.output().size());
    Totals totals = divided ? exchanged(gradients) : stepped(gradients, learningRate);
    double loss = totals.losses.loss(beta);
    if (!Double.isFinite(loss)) {
      throw DivergedException.atStep(step, totals.losses, Divergence.of(network, batch, noise));
    }
    if (divided) {
      optimiser.apply(learningRate);
    }
    likelihood =
        likelihood.learn(
            totals.means(batch.count()), batch.count() / (double) setup.trainingImages);
    return new Report(
        step++,
        batch.count(),
        totals.losses.objective() / setup.trainingImages,
        totals.losses.kl(),
        loss,
        totals.sums[0]);
  }

  private void requireFit(Batch batch) {
    if (batch.count() == 0 || batch.images().length / batch.count() != network.input().size()) {
      throw new IllegalArgumentException(
          "the batch has %s examples of %s numbers in all, expected at least one, each of %s"
              .formatted(batch.count(), batch.images().length, network.input()));
    }
    likelihood.requireFit(
        batch.targets(), network.output().size(), i -> "example " + i + " of the batch");
  }

  private static void requireFinite(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          what + " is " + value + ", expected a number of at least 0");
    }
  }

  /**
   * The loss of a whole batch and its sums over images: the score, and what the likelihood learns.
   */
  private record Totals(Losses losses, double[] sums) {
    /** Returns the means of what the likelihood learns. */
    double[] means(int images) {
      return Arrays.stream(sums, 1, sums.length).map(sum -> sum / images).toArray();
    }
  }

  /** Computes the gradients of the whole batch and updates the weights as they come. */
  private Totals stepped(GradientStep gradients, double learningRate) {
    BatchObjective objective =
        new BatchObjective(likelihood, gradients.batch(), gradients.weight());
    Losses losses = optimiser.step(gradients.request(objective, AllGather.alone()), learningRate);
    double[] sums = new double[1 + likelihood.statistics(network.output().size())];
    sums[0] = objective.score();
    objective.addStatistics(sums, 1);
    return new Totals(losses, sums);
  }

  /** Stores the sums of the gradients over all shards in the parameters. */
  private Totals exchanged(GradientStep gradients) {
    double[] totals =
        setup.exchange.gradients(gradients, new Replica(runner, network.parameters()));
    return new Totals(
        new Losses(totals[0], runner.kl()), Arrays.copyOfRange(totals, 1, totals.length));
  }
}
