package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.noise.NoiseKey;

/**
 * Runs few images, one after the other with outputs in the lanes, where images in the lanes would
 * leave most of them empty. Draws are the same numbers as there, and sums the same terms in another
 * order, so logits agree within rounding.
 */
final class ImageByImage {
  private final NetworkWeights weights;
  private final NetworkPanels panels;
  private final Workers workers;
  private final Workers alone = new Workers(1);
  private final ImagePass[] passes;
  private final boolean hasCustomLayer;

  /** For each worker, the image whose results its pass keeps, or -1. */
  private final int[] lastImage;

  ImageByImage(Network network, NetworkWeights weights, Workers workers) {
    this.weights = weights;
    this.panels = new NetworkPanels(weights, workers);
    this.workers = workers;
    this.hasCustomLayer = network.layers().stream().anyMatch(CustomLayer.class::isInstance);
    this.passes = new ImagePass[workers.count()];
    this.lastImage = new int[workers.count()];
    for (int i = 0; i < passes.length; i++) {
      passes[i] = new ImagePass(network, panels, workers.count());
    }
  }

  /** Whether so many images and samples are run faster this way than in the lanes. */
  boolean takes(int count, int samples) {
    return (count == 1 || !hasCustomLayer) && count * (weights.draws() ? 1 : samples) <= MOST;
  }

  private static final int MOST = Integer.getInteger("most", 4);

  /**
   * Logits of some posterior samples.
   *
   * @param logits gets {@code [count, classes]} for each sample
   */
  void forward(float[] images, int count, NoiseKey key, int samples, float[][] logits) {
    if (weights.draws()) {
      for (int s = 0; s < samples; s++) {
        panels.prepare(key.plusSamples(s));
        run(images, count, key.plusSamples(s), 1, new float[][] {logits[s]});
      }
    } else {
      panels.prepare(key);
      run(images, count, key, samples, logits);
    }
  }

  private void run(float[] images, int count, NoiseKey key, int samples, float[][] logits) {
    java.util.Arrays.fill(lastImage, -1);
    int tasks = count * samples;
    boolean shares = tasks == 1 || hasCustomLayer;
    if (shares) {
      for (int task = 0; task < tasks; task++) {
        run(images, task, key, samples, logits, 0, workers);
      }
    } else {
      workers.run(tasks, (task, worker) -> run(images, task, key, samples, logits, worker, alone));
    }
  }

  /** Runs one image under one sample; the samples of an image are neighbouring tasks. */
  private void run(
      float[] images,
      int task,
      NoiseKey key,
      int samples,
      float[][] logits,
      int worker,
      Workers helpers) {
    int image = task / samples;
    int sample = task % samples;
    NoiseKey own = key.plusSamples(sample).withFirstImage(key.firstImage() + image);
    passes[worker].run(images, image, own, helpers, lastImage[worker] == image, logits[sample]);
    lastImage[worker] = image;
  }
}
