package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;

/** The caller's own examples with numbers as targets, checked and copied. */
record FloatValues(
    String name, Shape shape, List<String> targetNames, float[][] images, float[][] values)
    implements Dataset {

  static FloatValues of(
      String name, Shape shape, List<String> targetNames, float[][] images, float[][] values) {
    require(!name.isBlank(), "the data set has no name, expected one that can be read: name it");
    List<String> names = new ClassNames(targetNames).names();
    require(!names.isEmpty(), "%s names no target, expected at least one: name it", name);
    require(images.length > 0, "%s has no examples, expected at least one", name);
    require(
        images.length == values.length,
        "%s has %s examples and %s targets, expected as many of each",
        name,
        images.length,
        values.length);
    float[][] examples = images.clone();
    float[][] targets = values.clone();
    for (int i = 0; i < examples.length; i++) {
      examples[i] = FloatImages.copy(name, shape, i, examples[i]);
      targets[i] = copy(name, names, i, targets[i]);
    }
    return new FloatValues(name, shape, names, examples, targets);
  }

  private static float[] copy(String name, List<String> names, int index, float[] target) {
    require(
        target != null && target.length == names.size(),
        "the target of example %s of %s has %s numbers, expected %s, one for each of %s",
        index,
        name,
        target == null ? "no" : target.length,
        names.size(),
        names);
    for (int k = 0; k < target.length; k++) {
      require(
          Float.isFinite(target[k]),
          "%s of example %s of %s is %s, expected a finite number: leave the example out",
          names.get(k),
          index,
          name,
          target[k]);
    }
    return target.clone();
  }

  private static void require(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(arguments));
    }
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public int label(int index) {
    throw new IllegalStateException(
        name
            + " has the numbers "
            + targetNames
            + " as targets, expected classes: ask for targets");
  }

  @Override
  public Targets.Values targets(int... indices) {
    int width = targetNames.size();
    float[] all = new float[indices.length * width];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values[indices[i]], 0, all, i * width, width);
    }
    return new Targets.Values(all, width);
  }

  @Override
  public void image(int index, float[] target, int offset) {
    System.arraycopy(images[index], 0, target, offset, shape.size());
  }
}
