package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;

/** The caller's own examples, checked and copied. */
record FloatImages(
    String name, Shape shape, List<String> classNames, float[][] images, int[] labels)
    implements Dataset {

  FloatImages {
    require(!name.isBlank(), "the data set has no name");
    int classes = classNames.size();
    requireClasses(classes);
    classNames = new ClassNames(classNames).names();
    require(images.length > 0, "%s has no images", name);
    require(
        images.length == labels.length,
        "%s has %s images and %s labels, expected as many of each",
        name,
        images.length,
        labels.length);
    labels = labels.clone();
    images = images.clone();
    for (int i = 0; i < images.length; i++) {
      images[i] = copy(name, shape, i, images[i]);
      require(
          labels[i] >= 0 && labels[i] < classes,
          "label %s of %s is %s, expected 0 to %s",
          i,
          name,
          labels[i],
          classes - 1);
    }
  }

  static void requireClasses(int classes) {
    require(classes >= 1, "classes is %s, expected at least 1", classes);
  }

  static float[] copy(String name, Shape shape, int index, float[] image) {
    require(
        image != null && image.length == shape.size(),
        "image %s of %s has %s numbers, expected %s for %s",
        index,
        name,
        image == null ? "no" : image.length,
        shape.size(),
        shape);
    float[] copy = image.clone();
    boolean pixels = shape instanceof Shape.Image picture && picture.height() > 1;
    for (int i = 0; i < copy.length; i++) {
      // Written so that NaN fails as well, and so that nothing is boxed unless it fails.
      if (!(pixels ? copy[i] >= 0 && copy[i] <= 1 : Float.isFinite(copy[i]))) {
        throw new IllegalArgumentException(
            "%s %s of %s has %s at position %s, expected %s"
                .formatted(
                    pixels ? "image" : "example",
                    index,
                    name,
                    copy[i],
                    i,
                    pixels ? "0 to 1 (divide bytes by 255)" : "a finite number"));
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
    System.arraycopy(images[index], 0, target, offset, shape.size());
  }
}
