package io.github.posteriori;

import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.function.Consumer;

/**
 * Monte Carlo dropout: dropout stays on at prediction, and each sample has masks of its own. Batch
 * normalisation keeps to its running statistics.
 *
 * <p>Source: Gal and Ghahramani 2016, "Dropout as a Bayesian approximation: representing model
 * uncertainty in deep learning".
 */
public final class McDropout extends Predictor {
  static final String METHOD = "mc-dropout";
  static final McDropout INSTANCE = new McDropout();

  private McDropout() {}

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  void draw(
      BayesModule module,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits) {
    run(module, images, count, noise.withDropout(), samples, logits);
  }

  @Override
  void requireFits(BayesModule module) {
    boolean drops =
        module.network().layers().stream()
            .anyMatch(layer -> layer instanceof DropoutLayer d && d.probability() > 0);
    if (!drops) {
      throw new IllegalArgumentException(
          module.definition()
              + " has no layer that drops, expected one, for Monte Carlo dropout draws its masks"
              + " anew for each sample: put @Dropout(0.5) before its last layers, or choose another"
              + " method");
    }
  }
}
