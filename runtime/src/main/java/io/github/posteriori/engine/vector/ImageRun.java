package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.LaneNoise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.noise.NoiseKey;

/** One image under one posterior sample, and what its operations share. Reused from run to run. */
final class ImageRun {
  private final LaneNoise noise = new LaneNoise(Lanes.FULL);
  private final float[] workspace = new float[1 << 12];
  private final float[][] tiles;
  private NoiseKey key;
  private Workers workers;
  private boolean repeats;

  /** Makes room for {@code workers} workers. */
  ImageRun(int workers) {
    this.tiles = new float[workers][Lanes.ROWS * Lanes.FULL];
  }

  /**
   * Describes a run.
   *
   * @param key of the sample, with the image's number
   * @param workers that share out large layers
   * @param repeats whether the run before was of the same image and weights
   */
  void set(NoiseKey key, Workers workers, boolean repeats) {
    this.key = key;
    this.workers = workers;
    this.repeats = repeats;
  }

  Workers workers() {
    return workers;
  }

  /** An array of one worker for a register tile. */
  float[] tile(int worker) {
    return tiles[worker];
  }

  boolean repeats() {
    return repeats;
  }

  /** Draws the noise of layer {@code layer}, the same numbers as in the lane layout. */
  void noise(int layer, int elements, float[] eps) {
    noise.sequence(key.of(layer), key.firstImage(), 0, elements, eps, 0, workspace);
  }

  /**
   * Allocates an array of {@code size} numbers and undefined ones behind them: any of the numbers
   * may be the first of a register.
   */
  static float[] array(int size) {
    return new float[(size + 2 * Lanes.LENGTH - 1) / Lanes.LENGTH * Lanes.LENGTH];
  }
}
