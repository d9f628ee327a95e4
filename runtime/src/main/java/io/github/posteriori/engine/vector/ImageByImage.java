package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;

/**
 * Runs few images, one after the other with outputs in the lanes, where images in the lanes would
 * leave most of them empty. Draws are the same numbers as there, and sums the same terms in another
 * order, so logits agree within rounding.
 */
final class ImageByImage {
  /**
   * Lanes in use up to which this is faster: in the lanes four images of AlexNet take as long, and
   * seven of LeNet.
   */
  static final int MOST_LANES = 4;

  /** Multiply-adds from which waking the workers pays off. */
  static final int LEAST_SHARED = 1 << 20;

  private final NetworkWeights weights;
  private final NetworkPanels panels;
  private final Workers workers;
  private final Workers alone = new Workers(1);
  private final ImagePass[] passes;
  private final boolean hasCustomLayer;
  private final long multiplyAdds;

  /** For each worker, the image whose results its pass keeps, or -1. */
  private final int[] lastImage;

  ImageByImage(Network network, NetworkWeights weights, Workers workers) {
    this.weights = weights;
    this.panels = new NetworkPanels(weights, workers);
    this.workers = workers;
    this.hasCustomLayer = hasCustomLayer(network);
    this.multiplyAdds = network.layers().stream().mapToLong(NetworkLayer::multiplyAdds).sum();
    this.passes = new ImagePass[workers.count()];
    this.lastImage = new int[workers.count()];
    for (int i = 0; i < passes.length; i++) {
      passes[i] = new ImagePass(network, panels, workers.count());
    }
  }

  /**
   * Whether so many images and samples are run faster this way than in the lanes. A {@link
   * CustomLayer} may depend on the whole batch, and keeps it together; masks of dropout are drawn
   * and transposed convolutions computed in the lanes alone.
   *
   * @param draws whether each sample has weights of its own, and so a run of its own
   */
  static boolean takes(Network network, NoiseKey key, boolean draws, int count, int samples) {
    return (long) count * (draws ? 1 : samples) <= MOST_LANES
        && (count == 1 || !hasCustomLayer(network))
        && !key.dropout()
        && network.layers().stream().noneMatch(ConvTransposeLayer.class::isInstance);
  }

  private static boolean hasCustomLayer(Network network) {
    return network.layers().stream().anyMatch(CustomLayer.class::isInstance);
  }

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

  /** Workers take an image and a sample each, or where there is one, parts of its layers. */
  private void run(float[] images, int count, NoiseKey key, int samples, float[][] logits) {
    Arrays.fill(lastImage, -1);
    int tasks = count * samples;
    if (tasks > 1 && !hasCustomLayer && tasks * multiplyAdds >= LEAST_SHARED) {
      workers.run(tasks, (task, worker) -> run(images, task, key, samples, logits, worker, alone));
    } else {
      for (int task = 0; task < tasks; task++) {
        run(images, task, key, samples, logits, 0, workers);
      }
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
    NoiseKey own = key.plusSamples(sample).withFirstImage(key.position(image));
    passes[worker].run(images, image, own, helpers, lastImage[worker] == image, logits[sample]);
    lastImage[worker] = image;
  }
}
