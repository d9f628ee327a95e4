package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.vector.kernel.LaneNoise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.noise.NoiseKey;

/**
 * Slice of a batch that runs through the network together, one image in each lane. A block is
 * reused from run to run; unused lanes hold zeros.
 *
 * <p>Where many posterior samples of few images are asked for, each lane holds an image under one
 * of the samples.
 */
final class LaneBlock {
  private final int width;
  private final float[][] gradients = {Lanes.array(0), Lanes.array(0)};
  private Workspaces workspaces = new Workspaces();
  private int index;
  private int first;
  private int count;
  private int images;
  private NoiseKey key;
  private int samples;
  private Purpose purpose;

  /** Creates a block of {@link Lanes#LENGTH} or {@link Lanes#FULL} lanes. */
  LaneBlock(int width) {
    this.width = width;
  }

  /** Describes a run in which each lane holds an image of its own. */
  void set(int index, int first, int count, NoiseKey key, int samples, Purpose purpose) {
    set(index, first, count, Integer.MAX_VALUE, key, samples, purpose);
  }

  /**
   * Describes a run.
   *
   * @param index the block's place in the batch
   * @param first image of the block in the batch; where lanes hold samples, sample {@code s} of
   *     image {@code i} counts as {@code s images + i}
   * @param count lanes in use
   * @param images in the batch
   * @param key of the first image of the batch and of the first sample
   * @param samples that are run in turn; 1 where lanes hold them
   */
  void set(
      int index, int first, int count, int images, NoiseKey key, int samples, Purpose purpose) {
    this.index = index;
    this.first = first;
    this.count = count;
    this.images = images;
    this.key = key;
    this.samples = samples;
    this.purpose = purpose;
  }

  /** Lets operations compute in a worker's arrays. */
  void use(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  /** Returns an array of the worker, with undefined contents. */
  float[] workspace(Workspace use, int floats) {
    return workspaces.get(use, floats);
  }

  /**
   * Returns the array of a gradient that only the step before reads, in the same chain. It is
   * shared with every other step.
   *
   * @param step in its chain; neighbours have arrays of their own
   */
  float[] gradient(int step, int floats) {
    int index = step % gradients.length;
    if (gradients[index].length < Lanes.LEAD + floats) {
      gradients[index] = Lanes.array(floats);
    }
    return gradients[index];
  }

  int width() {
    return width;
  }

  int index() {
    return index;
  }

  int first() {
    return first;
  }

  int count() {
    return count;
  }

  /** Posterior samples of this run. */
  int samples() {
    return samples;
  }

  Purpose purpose() {
    return purpose;
  }

  /** Whether dropout drops in this run. */
  boolean drops() {
    return purpose.isTraining() || key.dropout();
  }

  /** The image in the batch of a lane in use. */
  int image(int lane) {
    return (first + lane) % images;
  }

  /** Keys the noise of layer {@code layer} for sample {@code sample} of this run. */
  void key(LaneNoise noise, int layer, int sample) {
    for (int lane = 0; lane < count; ) {
      int further = (first + lane) / images;
      int image = (first + lane) % images;
      int together = Math.min(count - lane, images - image);
      noise.key(
          key.plusSamples(sample + further).of(layer),
          lane,
          lane + together,
          key.position(image),
          key.imageStep());
      lane += together;
    }
  }
}
