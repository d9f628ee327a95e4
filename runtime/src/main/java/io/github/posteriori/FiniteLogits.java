package io.github.posteriori;

import io.github.posteriori.engine.Purpose;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Divergence;
import java.util.Arrays;

/** Refuses logits that are not finite, of which every probability would be NaN. */
final class FiniteLogits {
  private FiniteLogits() {}

  /**
   * Checks the logits of a batch.
   *
   * @param images {@code [count, input]}, row-major, standardised if the module does so
   * @param noise the key of the pass, with the number of the first image
   * @param logits {@code [count, output]}, row-major
   * @throws IllegalArgumentException when a logit is NaN or infinite; it names the image and the
   *     layer
   */
  static void require(BayesModule module, float[] images, NoiseKey noise, float[] logits) {
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw refusal(module, images, noise, i / module.outputShape().size(), logits[i]);
      }
    }
  }

  private static IllegalArgumentException refusal(
      BayesModule module, float[] images, NoiseKey noise, int row, float logit) {
    int image = noise.firstImage() + row;
    int position = noise.position(row);
    int size = module.inputShape().size();
    float[] pixels = Arrays.copyOfRange(images, row * size, (row + 1) * size);
    String layer =
        Divergence.ofLayers(
                module.network(), pixels, 1, noise.withFirstImage(position), Purpose.EVALUATION)
            .map(Divergence::found)
            .orElse("the numbers of some layer are too large for a float");
    return new IllegalArgumentException(
        "image "
            + image
            + " has the logit "
            + logit
            + ", expected finite ones: "
            + layer
            + "; look for numbers far too large in the image or the weights");
  }
}
