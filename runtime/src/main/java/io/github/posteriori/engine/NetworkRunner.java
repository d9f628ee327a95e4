package io.github.posteriori.engine;

import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs one network, and owns the memory that belongs to it: garbage with the runner, there is
 * nothing to close. What does not change between two calls, such as packed weights and the KL, is
 * kept until a parameter's version changes.
 *
 * <p>A runner is safe to use from many threads, as long as only one trains.
 */
public interface NetworkRunner {

  /**
   * Computes the logits of one posterior sample, in evaluation mode.
   *
   * @param images {@code [count, input]}, row-major, pixels from 0 to 1
   * @param count how many images, at least 1
   * @param noise which sample
   * @return {@code [count, output]}, row-major
   */
  float[] forward(float[] images, int count, NoiseKey noise);

  /**
   * Computes the logits of several posterior samples, in evaluation mode.
   *
   * @param noise the first sample
   * @param samples how many, at least 1
   * @param logits takes those of each sample in turn, {@code [count, output]} row-major
   */
  default void forward(
      float[] images, int count, NoiseKey noise, int samples, Consumer<float[]> logits) {
    for (int s = 0; s < samples; s++) {
      logits.accept(forward(images, count, noise.plusSamples(s)));
    }
  }

  /** KL(q || p) over all posteriors that the forward pass samples, in nats. */
  double kl();

  /**
   * Runs forward and backward in training mode. Afterwards each trained parameter's gradient is
   * that of {@code objective + beta * KL}.
   */
  Losses gradients(StepRequest request);

  /** A new optimiser of all parameters that are trained. */
  OptimiserRunner optimiser(Optimiser optimiser);

  /** How each layer runs here and why, one line a layer. */
  List<String> explain();
}
