package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.noise.NoiseKey;

/** One step: forward, loss {@code N * mean NLL + beta * KL}, backward, optimiser. */
public final class TrainingStep {
  private final Engine engine;
  private final Network network;
  private final Likelihood likelihood;
  private final int trainingImages;
  private final long seed;
  private final int samples;
  private final Optimiser adam;
  private long step;

  /**
   * Prepares the steps of one training.
   *
   * @param trainingImages N, the size of the training split
   * @param seed of the noise
   * @param samples posterior samples drawn for each batch, at least 1
   */
  public TrainingStep(
      Engine engine,
      Network network,
      Likelihood likelihood,
      int trainingImages,
      long seed,
      int samples) {
    this.engine = engine;
    this.network = network;
    this.likelihood = likelihood;
    this.trainingImages = trainingImages;
    this.seed = seed;
    this.samples = samples;
    this.adam = engine.adam(network.parameters());
  }

  /**
   * What a step measured, with the weights before it.
   *
   * @param step its number, from 0
   * @param images in the batch
   * @param nll mean negative log-likelihood of an image, in nats
   * @param kl KL(q || p), in nats
   * @param loss {@code N * nll + beta * kl}
   * @param right images classified right
   */
  public record Report(long step, int images, double nll, double kl, double loss, int right) {}

  /** What the next steps depend on, beside the weights. */
  public Optimiser.State state() {
    return adam.state();
  }

  /**
   * Goes on from where another training of the same network stood.
   *
   * @throws IllegalArgumentException when {@code state} is of another network
   */
  public void restore(Optimiser.State state) {
    adam.restore(state);
    step = state.steps();
  }

  /**
   * Trains on one batch.
   *
   * @throws DivergedException when the loss is no finite number; the step changes no weight then
   */
  public Report run(Batch batch, double beta, double learningRate) {
    BatchObjective objective = new BatchObjective(likelihood, batch, trainingImages);
    Engine.Losses losses =
        engine.step(
            network,
            batch.images(),
            batch.count(),
            NoiseKey.training(seed, step),
            samples,
            beta,
            objective,
            adam,
            learningRate);
    double loss = losses.loss(beta);
    if (!Double.isFinite(loss)) {
      throw DivergedException.atStep(
          step,
          losses.objective(),
          losses.kl(),
          Divergence.of(engine, network, batch, NoiseKey.training(seed, step)));
    }
    return new Report(
        step++,
        batch.count(),
        losses.objective() / trainingImages,
        losses.kl(),
        loss,
        objective.right());
  }
}
