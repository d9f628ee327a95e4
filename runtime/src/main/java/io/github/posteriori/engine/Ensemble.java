package io.github.posteriori.engine;

/**
 * The posterior samples of one training pass.
 *
 * <p>The objective takes the logits of all samples together, but activations are kept for one
 * sample at a time: all samples but the first run ahead for their logits alone, and again before
 * their backward pass. Noise is keyed, so the second run repeats the first.
 */
public interface Ensemble {

  /** Runs a sample forward for its logits. */
  void runAhead(int sample);

  /**
   * Runs a sample forward and backward. The first sample evaluates the objective in between, when
   * the logits of all samples are known.
   */
  void train(int sample);

  /** Runs {@code samples} samples, in the order that keeps the activations of only one. */
  static void run(int samples, Ensemble ensemble) {
    for (int s = 1; s < samples; s++) {
      ensemble.runAhead(s);
    }
    for (int s = 0; s < samples; s++) {
      ensemble.train(s);
    }
  }
}
