package io.github.posteriori.data;

import io.github.posteriori.Shape;
import java.util.stream.IntStream;

/** The examples of some neighbouring classes of another set, with labels that start from 0. */
final class ClassRange implements Dataset {
  private final String name;
  private final Dataset base;
  private final int first;
  private final int classes;
  private final int[] indices;

  ClassRange(String name, Dataset base, int first, int classes) {
    this.name = name;
    this.base = base;
    this.first = first;
    this.classes = classes;
    this.indices =
        IntStream.range(0, base.size())
            .filter(i -> base.label(i) >= first && base.label(i) < first + classes)
            .toArray();
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
    return base.label(indices[index]) - first;
  }

  @Override
  public void image(int index, float[] target, int offset) {
    base.image(indices[index], target, offset);
  }
}
