package io.github.posteriori.data;

import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.List;

/**
 * Another set's images, corrupted as they are read. What is drawn depends on the seed, the
 * corruption and the place of the image in the set that holds it, so that a part of a set has the
 * same images.
 */
final class Corrupted implements Origin.View {
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
  public Origin origin(int index) {
    return new Origin(base, index);
  }

  @Override
  public String name() {
    return base.name() + "-" + corruption.kind() + "-" + corruption.strength();
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public Shape shape() {
    return base.shape();
  }

  @Override
  public int classes() {
    return base.classes();
  }

  @Override
  public List<String> classNames() {
    return base.classNames();
  }

  /** Returns true: most corruptions take longer than an image's way from memory. */
  @Override
  public boolean takesLongToRead() {
    return true;
  }

  @Override
  public int label(int index) {
    return base.label(index);
  }

  @Override
  public void image(int index, float[] target, int offset) {
    base.image(index, target, offset);
    int place = Origin.of(base, index).index();
    KeyedRandom random = KeyedRandom.of(corruption.toString(), seed, place);
    corruption.apply((Shape.Image) base.shape(), target, offset, random);
  }
}
