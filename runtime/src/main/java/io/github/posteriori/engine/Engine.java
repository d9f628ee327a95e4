package io.github.posteriori.engine;

import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Executes networks. Layers say what is computed, an engine says how; two engines given the same
 * inputs and the same noise key agree within float rounding.
 *
 * <p>Engines are found through {@link java.util.ServiceLoader} and are safe to use from many
 * threads, as long as no two train one network.
 */
public interface Engine {

  /** The name by which {@code ModuleOptions} and {@code --engine} choose the engine. */
  String name();

  /** Whether the machine and the JVM have what the engine needs. */
  boolean available();

  /** What to do where the engine is not available. */
  default String remedy() {
    return "choose another engine";
  }

  /** Of the engines that are available, {@code auto} takes the one with the highest rank. */
  int rank();

  /**
   * Limits the native threads that this engine may use, in the whole program; unlimited, it takes
   * one for each core.
   */
  void useThreads(int threads);

  /**
   * Logits of one posterior sample, in evaluation mode.
   *
   * @param images {@code [count, input]}, row-major
   * @param count how many images, at least 1
   * @param noise which sample
   * @return {@code [count, output]}, row-major
   */
  float[] forward(Network network, float[] images, int count, NoiseKey noise);

  /**
   * Logits of several posterior samples, in evaluation mode.
   *
   * @param noise the first sample
   * @param samples how many, at least 1
   * @param logits takes those of each sample in turn, {@code [count, output]} row-major
   */
  default void forward(
      Network network,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits) {
    for (int s = 0; s < samples; s++) {
      logits.accept(forward(network, images, count, noise.plusSamples(s)));
    }
  }

  /** KL(q || p) over all posteriors that the forward pass samples, in nats. */
  double kl(Network network);

  /**
   * One pass forward and backward in training mode. Afterwards each parameter's gradient is that of
   * {@code objective + beta * KL}.
   *
   * @param images {@code [count, input]}, row-major
   * @param count how many images, at least 1
   * @param noise the first sample
   * @param samples posterior samples drawn, at least 1; all of them go into {@code objective}
   *     together
   * @param beta weight of the KL divergence
   */
  Losses gradients(
      Network network,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      double beta,
      Objective objective);

  /**
   * One step of training: {@link #gradients}, then {@link Optimiser#step} of the parameters that
   * the loss depends on. Where the loss is not finite neither they nor the optimiser change;
   * running statistics may. What gradients the parameters hold afterwards is not defined.
   *
   * @param images {@code [count, input]}, row-major
   * @param count how many images, at least 1
   * @param noise the first sample
   * @param samples posterior samples drawn, at least 1
   * @param beta weight of the KL divergence
   * @param optimiser of the network's parameters, made by this engine
   * @param learningRate of this step
   * @return the losses before the step, in nats
   * @throws IllegalArgumentException when the engine can tell that it is not
   */
  default Losses step(
      Network network,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      double beta,
      Objective objective,
      Optimiser optimiser,
      double learningRate) {
    Losses losses = gradients(network, images, count, noise, samples, beta, objective);
    if (Double.isFinite(losses.loss(beta))) {
      optimiser.step(learningRate);
    }
    return losses;
  }

  /**
   * The first layer, in the order of data flow, whose output in training is not finite; empty where
   * all are. It changes nothing, and is slow: it explains a failure.
   *
   * @param images {@code [count, input]}, row-major
   * @param count how many images, at least 1
   * @param noise which sample
   */
  Optional<NetworkLayer> firstNonFinite(Network network, float[] images, int count, NoiseKey noise);

  /** A new optimiser of those of {@code parameters} that are trained. */
  Optimiser adam(List<Parameter> parameters);

  /**
   * The loss of a training pass, in nats.
   *
   * @param objective what the objective returned, summed over the batch
   * @param kl KL(q || p)
   */
  record Losses(double objective, double kl) {

    /** {@code objective + beta * KL}, in nats. */
    public double loss(double beta) {
      return objective + beta * kl;
    }
  }
}
