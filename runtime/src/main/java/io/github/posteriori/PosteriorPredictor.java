package io.github.posteriori;

import io.github.posteriori.noise.NoiseKey;
import java.util.function.Consumer;

/** Predicts with samples of the variational posterior; with point weights all draws are equal. */
final class PosteriorPredictor extends Predictor {
  static final PosteriorPredictor INSTANCE = new PosteriorPredictor();

  private PosteriorPredictor() {}

  @Override
  public String method() {
    return "vi";
  }

  @Override
  public boolean isRandom(BayesModule module) {
    return drawsWeights(module);
  }

  @Override
  void draw(
      BayesModule module,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits) {
    run(module, images, count, noise, samples, logits);
  }

  @Override
  void requireFits(BayesModule module) {}
}
