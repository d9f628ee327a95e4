package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * Examples in one array of floats.
 *
 * @param values of {@code labels.length} examples, one after the other; not copied, like the labels
 */
record FloatArray(String name, Shape shape, List<String> classNames, float[] values, int[] labels)
    implements Dataset {

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int classes() {
    return classNames.size();
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void image(int index, float[] target, int offset) {
    System.arraycopy(values, index * shape.size(), target, offset, shape.size());
  }
}
