package io.github.posteriori.moments;

import io.github.posteriori.layers.PoolLayer;

/**
 * The largest of the numbers in each window, in the order of its taps: the larger of the first two,
 * taken to be Gaussian, meets the third, and so on ({@link LargerOfTwo}).
 */
final class LargestOfWindow implements MomentMap {
  /** Stands for what lies in the padding, and is never the largest. */
  private static final float LEAST = -1e30f;

  private final WindowTaps taps;

  LargestOfWindow(PoolLayer layer) {
    this.taps = new WindowTaps(layer);
  }

  @Override
  public Moments forward(Moments x) {
    int size = x.count() * taps.outputs();
    float[] means = new float[size];
    float[] variances = new float[x.isExact() ? 0 : size];
    taps.read(0, x.means(), x.count(), LEAST, means);
    taps.read(0, x.variances(), x.count(), 0, variances);
    float[] nextMeans = new float[size];
    float[] nextVariances = new float[variances.length];
    LargerOfTwo larger = new LargerOfTwo();
    for (int tap = 1; tap < taps.count(); tap++) {
      taps.read(tap, x.means(), x.count(), LEAST, nextMeans);
      taps.read(tap, x.variances(), x.count(), 0, nextVariances);
      if (x.isExact()) {
        for (int i = 0; i < size; i++) {
          means[i] = Math.max(means[i], nextMeans[i]);
        }
      } else {
        larger.fold(nextMeans, nextVariances, means, variances);
      }
    }
    return new Moments(x.count(), means, variances);
  }
}
