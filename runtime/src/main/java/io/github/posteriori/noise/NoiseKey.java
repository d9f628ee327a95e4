package io.github.posteriori.noise;

import java.io.Serializable;

/**
 * The place of a draw in a run. Noise is a function of this key, the layer, the image and the
 * element, never of a generator's state, so it is the same on any number of threads and after a
 * resume.
 *
 * @param seed the random seed of the module or run
 * @param step the training step from 0, or {@link #EVALUATION} or {@link #INITIALISATION}
 * @param sample number of the posterior sample
 * @param firstImage position of the batch's first image in its set, so that batches of any size see
 *     the same noise
 * @param imageStep by how much the next image's position is higher: 1, or 0 where each image of a
 *     batch gets the noise that it would get alone
 * @param dropout whether dropout drops outside training as well, with masks of its own for each
 *     sample
 */
public record NoiseKey(
    long seed, long step, int sample, int firstImage, int imageStep, boolean dropout)
    implements Serializable {

  /** The step of all draws outside training. */
  public static final long EVALUATION = -1;

  /** The step of the draws of initial weights. */
  public static final long INITIALISATION = -2;

  /** Returns the key of posterior sample {@code sample} outside training. */
  public static NoiseKey evaluation(long seed, int sample) {
    return new NoiseKey(seed, EVALUATION, sample, 0, 1, false);
  }

  /** Returns the key of the first sample of a training step. */
  public static NoiseKey training(long seed, long step) {
    return new NoiseKey(seed, step, 0, 0, 1, false);
  }

  /** Returns the key of the draws of initial weights. */
  public static NoiseKey initialisation(long seed) {
    return new NoiseKey(seed, INITIALISATION, 0, 0, 1, false);
  }

  /**
   * Returns the key of the one draw that goes with the weights alone: the same for all random seeds
   * and at all times.
   */
  public static NoiseKey ofWeightsAlone() {
    return evaluation(0, 0);
  }

  /** Returns this key for the sample {@code further} after this one. */
  public NoiseKey plusSamples(int further) {
    return withSample(sample + further);
  }

  /** Returns this key for another sample. */
  public NoiseKey withSample(int sample) {
    return new NoiseKey(seed, step, sample, firstImage, imageStep, dropout);
  }

  /** Returns whether numbers that all images share are the same under {@code other}. */
  public boolean sameDraw(NoiseKey other) {
    return seed == other.seed && step == other.step && sample == other.sample;
  }

  /** Returns this key for a batch with another first image. */
  public NoiseKey withFirstImage(int firstImage) {
    return new NoiseKey(seed, step, sample, firstImage, imageStep, dropout);
  }

  /** Returns this key for a batch whose images each get the noise that they would get alone. */
  public NoiseKey alone() {
    return new NoiseKey(seed, step, sample, firstImage, 0, dropout);
  }

  /** Returns this key for a pass in which dropout drops, whether it trains or not. */
  public NoiseKey withDropout() {
    return new NoiseKey(seed, step, sample, firstImage, imageStep, true);
  }

  /** Returns the position that decides the noise of an image of the batch. */
  public int position(int image) {
    return firstImage + image * imageStep;
  }

  /** Returns the noise of one layer (or, at initialisation, of one tensor). */
  public Noise of(int layer) {
    long key = mix(seed, step);
    return new Noise(mix(key, (long) layer << 32 | sample & 0xFFFFFFFFL));
  }

  private static long mix(long key, long counter) {
    return Threefry.block((int) (key >>> 32), (int) key, (int) (counter >>> 32), (int) counter);
  }
}
