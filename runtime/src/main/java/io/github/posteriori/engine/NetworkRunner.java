package io.github.posteriori.engine;

import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs one network and owns its memory, which is collected with the runner; there is nothing to
 * close. Packed weights, the KL and other values that depend on parameters alone are kept until a
 * parameter's version changes.
 *
 * <p>A runner is safe to use from many threads, as long as only one trains.
 */
public interface NetworkRunner {

  /**
   * Computes the logits of one posterior sample, in evaluation mode.
   *
   * @param images {@code [count, input]}, row-major, pixels from 0 to 1
   * @param count number of images, at least 1
   * @param noise the key of the sample's noise
   * @return {@code [count, output]}, row-major
   */
  float[] forward(float[] images, int count, NoiseKey noise);

  /**
   * Computes the logits of several posterior samples, in evaluation mode.
   *
   * @param images {@code [count, input]}, row-major, pixels from 0 to 1
   * @param noise the key of the first sample's noise
   * @param samples number of samples, at least 1
   * @param logits receives the logits of each sample in turn, {@code [count, output]} row-major
   */
  default void forward(
      float[] images, int count, NoiseKey noise, int samples, Consumer<float[]> logits) {
    for (int s = 0; s < samples; s++) {
      logits.accept(forward(images, count, noise.plusSamples(s)));
    }
  }

  /**
   * Computes logits as {@link #forward(float[], int, NoiseKey)} does, of images that stand in
   * columns, as some engines have them, so few that one core computes them.
   *
   * @param columns {@code [input, count]}, row-major
   * @param outputs gets {@code [output, count]}, row-major
   */
  default void forwardColumns(float[] columns, int count, NoiseKey noise, float[] outputs) {
    float[] logits = forward(ColumnLayout.transpose(columns, count), count, noise);
    float[] transposed = ColumnLayout.transpose(logits, logits.length / count);
    System.arraycopy(transposed, 0, outputs, 0, transposed.length);
  }

  /** Returns KL(q || p) over all posteriors that the forward pass samples, in nats. */
  double kl();

  /**
   * Runs forward and backward in training mode and sets each trained parameter's gradient to that
   * of {@code objective + beta * KL}.
   */
  Losses gradients(StepRequest request);

  /** Creates an optimiser of all trained parameters. */
  OptimiserRunner optimiser(Optimiser optimiser);

  /**
   * Describes how each layer runs on this engine and why, one line a layer.
   *
   * @param count images of a training batch
   */
  List<String> explain(int count);
}
