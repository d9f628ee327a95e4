package io.github.posteriori.data;

import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * Another set's images, corrupted as they are read. What is drawn depends on the seed, the
 * corruption and the place of the image in the set that holds it, so that a part of a set has the
 * same images.
 */
final class Corrupted implements Origin.WholeView {
  private final Dataset base;
  private final Corruption corruption;
  private final long seed;

  Corrupted(Dataset base, Corruption corruption, long seed) {
    corruption.requireFit(base.name(), base.shape());
    this.base = base;
    this.corruption = corruption;
    this.seed = seed;
  }

  /** Corrupts images of the new size, from what they were at first. */
  @Override
  public Dataset shaped(Shape.Image shape) {
    return new Corrupted(base.shaped(shape), corruption, seed);
  }

  @Override
  public Dataset limit(int examples) {
    return new Corrupted(base.limit(examples), corruption, seed);
  }

  @Override
  public Dataset base() {
    return base;
  }

  @Override
  public String name() {
    return base.name() + "-" + corruption.kind() + "-" + corruption.strength();
  }

  /** Returns true: most corruptions take longer than an image's way from memory. */
  @Override
  public boolean takesLongToRead() {
    return true;
  }

  @Override
  public void image(int index, float[] target, int offset) {
    base.image(index, target, offset);
    int place = Origin.of(base, index).index();
    KeyedRandom random = KeyedRandom.of(corruption.toString(), seed, place);
    corruption.apply((Shape.Image) base.shape(), target, offset, random);
  }
}
