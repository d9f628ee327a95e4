package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.List;

/** Runs training steps: forward, loss {@code N * mean NLL + beta * KL}, backward, optimiser. */
public final class TrainingStep {
  private final NetworkRunner runner;
  private final Network network;
  private final Setup setup;
  private final OptimiserRunner optimiser;
  private final List<Parameter> trained;
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
    this.trained = network.parameters().stream().filter(Parameter::trained).toList();
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
    Shard shard = setup.exchange.shard();
    Batch own = shard.of(batch);
    NoiseKey noise =
        NoiseKey.training(setup.seed, step).withFirstImage(own.first() - batch.first());
    double weight = (double) setup.trainingImages / batch.count();
    BatchObjective objective = new BatchObjective(likelihood, own, weight);
    double ownBeta = shard.addsDivergence() ? beta : 0;
    StepRequest request =
        new StepRequest(own.images(), own.count(), noise, setup.samples, ownBeta, objective);
    Totals totals =
        shard.count() == 1
            ? new Totals(optimiser.step(request, learningRate), sums(objective))
            : exchanged(request, objective);
    double loss = totals.losses.loss(beta);
    if (!Double.isFinite(loss)) {
      throw DivergedException.atStep(step, totals.losses, Divergence.of(network, batch, noise));
    }
    if (shard.count() > 1) {
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

  private double[] sums(BatchObjective objective) {
    double[] sums = new double[1 + likelihood.statistics(network.output().size())];
    sums[0] = objective.score();
    objective.addStatistics(sums, 1);
    return sums;
  }

  /** Computes this shard's gradients, and stores the sums over all shards in the parameters. */
  private Totals exchanged(StepRequest request, BatchObjective objective) {
    double own = 0;
    if (request.count() > 0) {
      boolean alone = setup.optimiser.accountsForDivergence();
      own = runner.gradients(alone ? request.withoutDivergence() : request).objective();
    } else {
      trained.forEach(Parameter::clearGradient);
    }
    double[] sums = sums(objective);
    double[] totals = new double[1 + sums.length];
    totals[0] = own;
    System.arraycopy(sums, 0, totals, 1, sums.length);
    setup.exchange.sum(trained, totals);
    return new Totals(
        new Losses(totals[0], runner.kl()), Arrays.copyOfRange(totals, 1, totals.length));
  }
}
