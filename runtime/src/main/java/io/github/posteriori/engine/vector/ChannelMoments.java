package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.MomentLoops;
import java.util.Arrays;

/**
 * The mean of each channel of a block, and its sum of squared deviations. Rows may be added as they
 * are computed, while they are in the cache; the sums have the same bits as those of a whole
 * channel.
 */
final class ChannelMoments {
  private final LaneBlock block;

  /** Numbers of a channel. */
  private final int floats;

  /** Of each channel: how many numbers have been added. */
  private final int[] added;

  /** Of each channel: one of its numbers, near its mean as the sum of squares requires. */
  private final float[] pivots;

  /** Of each channel: sums of deviations from the pivot and of their squares, in parts. */
  private final float[][] parts;

  ChannelMoments(LaneBlock block, int channels, int pixels) {
    this.block = block;
    this.floats = pixels * block.width();
    this.added = new int[channels];
    this.pivots = new float[channels];
    this.parts = new float[channels][2 * Lanes.FULL];
  }

  /** Whether channels may be added row by row, {@code floats} numbers each. */
  static boolean takesRows(int floats) {
    return floats % Lanes.FULL == 0;
  }

  /** Forgets what was added. */
  void clear() {
    Arrays.fill(added, 0);
  }

  /** Adds the next numbers of a channel. */
  void add(int channel, float[] x, int from, int count) {
    if (added[channel] == 0) {
      pivots[channel] = x[from];
      Arrays.fill(parts[channel], 0);
    }
    MomentLoops.addDeviations(x, from, count, pivots[channel], parts[channel]);
    added[channel] += count;
  }

  /** Adds all channels that were not added row by row. */
  void complete(float[] x) {
    for (int channel = 0; channel < added.length; channel++) {
      if (added[channel] == 0) {
        add(channel, x, Lanes.LEAD + channel * floats, floats);
      }
    }
  }

  /** Images times pixels. */
  long observations() {
    return (long) block.count() * (floats / block.width());
  }

  double mean(int channel) {
    return pivots[channel] + sum(block, parts[channel], 0) / observations();
  }

  double squaredDeviations(int channel) {
    double sum = sum(block, parts[channel], 0);
    return sum(block, parts[channel], Lanes.FULL) - sum * sum / observations();
  }

  /** Sums the parts from an offset on that belong to images. */
  static double sum(LaneBlock block, float[] parts, int from) {
    double sum = 0;
    for (int p = 0; p < Lanes.FULL; p++) {
      if (p % block.width() < block.count()) {
        sum += parts[from + p];
      }
    }
    return sum;
  }
}
