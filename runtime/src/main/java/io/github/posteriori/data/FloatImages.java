package io.github.posteriori.data;

import io.github.posteriori.Shape;

/** A user's own images, checked and copied. */
final class FloatImages implements Dataset {
  private final String name;
  private final Shape.Image shape;
  private final int classes;
  private final float[][] images;
  private final int[] labels;

  FloatImages(String name, Shape.Image shape, int classes, float[][] images, int[] labels) {
    require(!name.isBlank(), "the data set has no name");
    require(classes >= 1, "classes is %d, expected at least 1", classes);
    require(images.length > 0, "%s has no images", name);
    require(
        images.length == labels.length,
        "%s has %d images and %d labels, expected as many of each",
        name,
        images.length,
        labels.length);
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.labels = labels.clone();
    this.images = new float[images.length][];
    for (int i = 0; i < images.length; i++) {
      this.images[i] = copy(i, images[i]);
      require(
          this.labels[i] >= 0 && this.labels[i] < classes,
          "label %d of %s is %d, expected 0 to %d",
          i,
          name,
          this.labels[i],
          classes - 1);
    }
  }

  private float[] copy(int index, float[] image) {
    require(
        image != null && image.length == shape.size(),
        "image %d of %s has %s numbers, expected %d for %s",
        index,
        name,
        image == null ? "no" : image.length,
        shape.size(),
        shape);
    float[] copy = image.clone();
    for (int i = 0; i < copy.length; i++) {
      // Written so that NaN fails it, too, and that nothing is boxed while all is well.
      if (!(copy[i] >= 0 && copy[i] <= 1)) {
        throw new IllegalArgumentException(
            "image %d of %s has %s at position %d, expected 0 to 1 (divide bytes by 255)"
                .formatted(index, name, copy[i], i));
      }
    }
    return copy;
  }

  private static void require(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(arguments));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape.Image shape() {
    return shape;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void image(int index, float[] target, int offset) {
    System.arraycopy(images[index], 0, target, offset, shape.size());
  }
}
