package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * The examples of another set, with numbers as targets in place of its classes.
 *
 * @param targetNames of the numbers of one example
 * @param values of all examples, one after the other; not copied
 */
record Valued(Dataset examples, List<String> targetNames, float[] values) implements Dataset {

  @Override
  public String name() {
    return examples.name();
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public Shape shape() {
    return examples.shape();
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public int label(int index) {
    throw noClasses(this);
  }

  static IllegalStateException noClasses(Dataset set) {
    return new IllegalStateException(
        set.name()
            + " has the numbers "
            + set.targetNames()
            + " as targets, expected classes: ask for targets");
  }

  @Override
  public Targets.Values targets(int... indices) {
    int width = targetNames.size();
    float[] chosen = new float[indices.length * width];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * width, chosen, i * width, width);
    }
    return new Targets.Values(chosen, width);
  }

  @Override
  public boolean takesLongToRead() {
    return examples.takesLongToRead();
  }

  @Override
  public void image(int index, float[] target, int offset) {
    examples.image(index, target, offset);
  }
}
