package io.github.posteriori.data;

import io.github.posteriori.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Some examples of another set, in an order of its own. */
final class Subset implements Dataset {
  private final Dataset base;
  private final int[] indices;

  private Subset(Dataset base, int[] indices) {
    this.base = base;
    this.indices = indices;
  }

  static Dataset first(Dataset base, int examples) {
    if (examples < 1) {
      throw new IllegalArgumentException("limit is " + examples + ", expected at least 1");
    }
    if (examples >= base.size()) {
      return base;
    }
    return new Subset(base, IntStream.range(0, examples).toArray());
  }

  static Split split(Dataset base, double validFraction, long seed) {
    if (!(validFraction > 0 && validFraction < 1)) {
      throw new IllegalArgumentException(
          "validation fraction is " + validFraction + ", expected between 0 and 1, both excluded");
    }
    int size = base.size();
    int valid = (int) Math.round(size * validFraction);
    if (valid == 0 || valid == size) {
      throw new IllegalArgumentException(
          "holding out %s of %d examples of %s leaves one part empty"
              .formatted(validFraction, size, base.name()));
    }
    int[] order = KeyedRandom.of("split", seed).permutation(size);
    return new Split(
        new Subset(base, Arrays.copyOfRange(order, valid, size)),
        new Subset(base, Arrays.copyOf(order, valid)));
  }

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Shape.Image shape() {
    return base.shape();
  }

  @Override
  public int classes() {
    return base.classes();
  }

  @Override
  public int label(int index) {
    return base.label(indices[index]);
  }

  @Override
  public void image(int index, float[] target, int offset) {
    base.image(indices[index], target, offset);
  }
}
