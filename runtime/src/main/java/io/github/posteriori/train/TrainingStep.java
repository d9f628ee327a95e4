package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs training steps: forward, loss {@code N * mean NLL + beta * KL}, backward, optimiser. Between
 * two exchanges of weights, shards take steps on their own; see {@link #run(List)}.
 */
public final class TrainingStep {
  private final NetworkRunner runner;
  private final Network network;
  private final Setup setup;
  private final OptimiserRunner optimiser;

  /** Present where shards take steps on their own. */
  private final Optional<LocalTraining> local;

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
   * @param batch number of images of a batch but for the last of an epoch
   */
  public record Setup(
      Likelihood likelihood,
      Optimiser optimiser,
      int trainingImages,
      long seed,
      int samples,
      GradientExchange exchange,
      int batch) {

    /** The settings of a training whose shards take no steps on their own. */
    public Setup(
        Likelihood likelihood,
        Optimiser optimiser,
        int trainingImages,
        long seed,
        int samples,
        GradientExchange exchange) {
      this(likelihood, optimiser, trainingImages, seed, samples, exchange, trainingImages);
    }

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
    this.local = LocalTraining.of(setup, network);
  }

  /**
   * A step to take.
   *
   * @param batch its images
   * @param beta weight of the KL divergence, at least 0
   * @param learningRate the learning rate, at least 0
   */
  public record Request(Batch batch, double beta, double learningRate) {}

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
    if (local.filter(LocalTraining::merges).isPresent()) {
      throw new IllegalArgumentException(
          "the training to resume merges the posteriors of parts, whose own weights are not kept:"
              + " train from the start");
    }
    optimiser.restore(state);
    step = state.steps();
  }

  /** The number of steps that {@link #run(List)} takes at once, but for the last of an epoch. */
  public int stepsAtOnce() {
    return local.map(LocalTraining::stepsAtOnce).orElse(1);
  }

  /** Begins an epoch. */
  public void startEpoch() {
    setup.exchange.startEpoch();
  }

  /** Ends an epoch; posteriors that are trained apart from each other are merged. */
  public void endEpoch() {
    local.flatMap(LocalTraining::merged).ifPresent(this::goOnFrom);
  }

  private void goOnFrom(ShardState state) {
    state.weights().write(replica());
    optimiser.restore(state.optimiser());
    likelihood = state.likelihood();
  }

  private Replica replica() {
    return new Replica(runner, network.parameters());
  }

  /**
   * Trains on some batches of an epoch, one after the other, between two exchanges.
   *
   * @param steps at most {@link #stepsAtOnce}
   * @return the measurements of each; where shards took steps on their own, with each one's weights
   * @throws IllegalArgumentException as {@link #run(Batch, double, double)} throws it
   * @throws DivergedException likewise
   */
  public List<Report> run(List<Request> steps) {
    if (local.isEmpty()) {
      return steps.stream().map(each -> run(each.batch, each.beta, each.learningRate)).toList();
    }
    List<GradientStep> whole = new ArrayList<>();
    for (Request each : steps) {
      requireFit(each);
      whole.add(gradients(each.batch, each.beta, step + whole.size()));
    }
    if (step == 0) {
      optimiser.start();
    }
    ShardState start = new ShardState(Weights.of(replica()), optimiser.state(), likelihood);
    LocalTraining.Round round = local.get().run(steps, whole, step, start);
    step += steps.size();
    round.end().ifPresent(this::goOnFrom);
    return round.reports();
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
    requireFit(new Request(batch, beta, learningRate));
    if (step == 0) {
      optimiser.start();
    }
    boolean alone = setup.optimiser.accountsForDivergence();
    boolean divided = setup.exchange.shards() > 1;
    GradientStep gradients = gradients(batch, divided && alone ? 0 : beta, step);
    StepTotals totals = divided ? exchanged(gradients) : gradients.step(optimiser, learningRate);
    double loss = totals.losses().loss(beta);
    if (!Double.isFinite(loss)) {
      throw DivergedException.atStep(
          step, totals.losses(), Divergence.of(network, batch, gradients.noise()));
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
        totals.losses().objective() / setup.trainingImages,
        totals.losses().kl(),
        loss,
        totals.sums()[0]);
  }

  private GradientStep gradients(Batch batch, double beta, long at) {
    return new GradientStep(
        batch,
        0,
        likelihood,
        NoiseKey.training(setup.seed, at),
        setup.samples,
        (double) setup.trainingImages / batch.count(),
        beta,
        network.output().size());
  }

  private void requireFit(Request request) {
    Batch batch = request.batch;
    requireFinite("beta", request.beta);
    requireFinite("learningRate", request.learningRate);
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

  /** Stores the sums of the gradients over all shards in the parameters. */
  private StepTotals exchanged(GradientStep gradients) {
    double[] totals = setup.exchange.gradients(gradients, replica());
    return new StepTotals(
        new Losses(totals[0], runner.kl()), Arrays.copyOfRange(totals, 1, totals.length));
  }
}
