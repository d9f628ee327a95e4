package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Some examples of another set, in an order of its own, or some of its classes, renumbered from 0.
 */
final class Subset implements Dataset {
  private final String name;
  private final Dataset base;
  private final int firstClass;
  private final int classes;
  private final int[] indices;

  private Subset(String name, Dataset base, int firstClass, int classes, int[] indices) {
    this.name = name;
    this.base = base;
    this.firstClass = firstClass;
    this.classes = classes;
    this.indices = indices;
  }

  private static Subset of(Dataset base, int[] indices) {
    return new Subset(base.name(), base, 0, base.classes(), indices);
  }

  static Dataset first(Dataset base, int examples) {
    if (examples < 1) {
      throw new IllegalArgumentException("limit is " + examples + ", expected at least 1");
    }
    if (examples >= base.size()) {
      return base;
    }
    return of(base, IntStream.range(0, examples).toArray());
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
          ("holding out %s of %d examples of %s leaves one part empty, expected at least one example"
                  + " in each: choose another fraction")
              .formatted(validFraction, size, base.name()));
    }
    int[] order = KeyedRandom.of("split", seed).permutation(size);
    return new Split(
        of(base, Arrays.copyOfRange(order, valid, size)), of(base, Arrays.copyOf(order, valid)));
  }

  static Dataset classRange(String name, Dataset base, int first, int classes) {
    if (first < 0 || classes < 1 || first + classes > base.classes()) {
      throw new IllegalArgumentException(
          "classes %d to %d of %s, expected a range within 0 to %d"
              .formatted(first, first + classes - 1, base.name(), base.classes() - 1));
    }
    int[] indices =
        IntStream.range(0, base.size())
            .filter(i -> base.label(i) >= first && base.label(i) < first + classes)
            .toArray();
    return new Subset(name, base, first, classes, indices);
  }

  @Override
  public String name() {
    return name;
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
    return classes;
  }

  @Override
  public int label(int index) {
    return base.label(indices[index]) - firstClass;
  }

  @Override
  public void image(int index, float[] target, int offset) {
    base.image(indices[index], target, offset);
  }
}
