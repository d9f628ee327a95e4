package io.github.posteriori.noise;

import java.util.stream.IntStream;

/**
 * The random numbers of one layer in one pass: element {@code e} of image {@code i} is fixed by the
 * key.
 *
 * <p>Elements 2p and 2p + 1 of image i come from the Threefry block of counter (p, i).
 */
public final class Noise {
  private static final int GRAIN = 1 << 16;

  private final int k0;
  private final int k1;

  Noise(long key) {
    this.k0 = (int) (key >>> 32);
    this.k1 = (int) key;
  }

  /** The first word of the key, for an engine with its own generator of these numbers. */
  public int k0() {
    return k0;
  }

  /** The second word of the key. */
  public int k1() {
    return k1;
  }

  /** Fills one image's share of a tensor. */
  private interface Fill {
    void fill(int image, float[] target, int offset, int elements);
  }

  /**
   * Returns standard normal numbers for a batch.
   *
   * @param firstImage number of the first image
   * @param images number of images
   * @param elements how many numbers an image needs
   * @return {@code [images, elements]}, row-major
   */
  public float[] normal(int firstImage, int images, int elements) {
    return batch(firstImage, images, elements, this::normal);
  }

  /** Returns numbers uniform in [0, 1) for a batch; see {@link #normal}. */
  public float[] uniform(int firstImage, int images, int elements) {
    return batch(firstImage, images, elements, this::uniform);
  }

  private static float[] batch(int firstImage, int images, int elements, Fill fill) {
    float[] target = new float[Math.multiplyExact(images, elements)];
    IntStream range = IntStream.range(0, images);
    (target.length > GRAIN ? range.parallel() : range)
        .forEach(i -> fill.fill(firstImage + i, target, i * elements, elements));
    return target;
  }

  private void normal(int image, float[] target, int offset, int elements) {
    for (int e = 0; e < elements; e += 2) {
      long words = Threefry.block(k0, k1, e / 2, image);
      float radius = Normal.radius((int) (words >>> 32));
      float turns = Normal.quarterTurns((int) words);
      int quadrant = Normal.quadrant(turns);
      float sine = Normal.sine(turns - quadrant);
      float cosine = Normal.cosine(turns - quadrant);
      target[offset + e] = radius * Normal.turn(quadrant + 1, sine, cosine);
      if (e + 1 < elements) {
        target[offset + e + 1] = radius * Normal.turn(quadrant, sine, cosine);
      }
    }
  }

  private void uniform(int image, float[] target, int offset, int elements) {
    for (int e = 0; e < elements; e++) {
      long words = Threefry.block(k0, k1, e / 2, image);
      int word = e % 2 == 0 ? (int) (words >>> 32) : (int) words;
      target[offset + e] = (word >>> 8) * 0x1p-24f;
    }
  }
}
