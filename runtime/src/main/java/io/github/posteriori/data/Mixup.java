package io.github.posteriori.data;

import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;

/**
 * Examples mixed in pairs, and their targets by the same shares (Zhang et al. 2018, "mixup: beyond
 * empirical risk minimization"). Each example is paired with the next of its batch, the last one
 * with the first: batches are in random order.
 *
 * @param alpha of the distribution Beta(alpha, alpha) of the shares
 */
record Mixup(double alpha, long seed, long epoch) {
  private static final double MOST = 2;

  static double requireAlpha(double alpha) {
    if (!(alpha > 0 && alpha <= MOST)) {
      throw new IllegalArgumentException(
          "mixup is " + alpha + ", expected a number above 0 and up to 2, such as 0.2");
    }
    return alpha;
  }

  /**
   * Mixes a batch, whose images are changed.
   *
   * @param indices of its examples in {@code dataset}
   */
  Batch mix(Batch batch, Dataset dataset, int[] indices) {
    int count = batch.count();
    float[] images = batch.images();
    int size = images.length / count;
    float[] shares = new float[count];
    int[] partners = new int[count];
    float[] first = Arrays.copyOf(images, size);
    for (int i = 0; i < count; i++) {
      shares[i] = (float) share(KeyedRandom.of("mixup", seed, epoch, indices[i]));
      boolean last = i == count - 1;
      partners[i] = indices[last ? 0 : i + 1];
      mix(images, i * size, size, shares[i], last ? first : images, last ? 0 : (i + 1) * size);
    }
    Targets mixed = new Targets.Mixed(batch.targets(), dataset.targets(partners), shares);
    return new Batch(images, mixed, count, batch.first());
  }

  private static void mix(
      float[] images, int start, int size, float share, float[] partners, int partner) {
    float rest = 1 - share;
    for (int i = 0; i < size; i++) {
      images[start + i] = share * images[start + i] + rest * partners[partner + i];
    }
  }

  /**
   * Draws from Beta(alpha, alpha): {@code u^(1/alpha)} as a share of {@code u^(1/alpha) +
   * v^(1/alpha)}, if these are at most 1 together (Jöhnk 1964); in logarithms, as they may be tiny.
   */
  double share(KeyedRandom random) {
    while (true) {
      double one = StrictMath.log(1 - random.uniform()) / alpha;
      double other = StrictMath.log(1 - random.uniform()) / alpha;
      double larger = Math.max(one, other);
      double sum = larger + StrictMath.log1p(StrictMath.exp(Math.min(one, other) - larger));
      if (sum <= 0) {
        return StrictMath.exp(one - sum);
      }
    }
  }
}
