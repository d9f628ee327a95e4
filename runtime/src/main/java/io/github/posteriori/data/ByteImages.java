package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;
import java.util.Objects;

/**
 * Images stored as one byte for each pixel and channel, 0 to 255, and read as pixels from 0 to 1.
 *
 * @param pixels of {@code labels.length} images, one after the other; not copied, like the labels
 */
record ByteImages(String name, Shape shape, List<String> classNames, byte[] pixels, int[] labels)
    implements Dataset {

  ByteImages {
    if (pixels.length != (long) labels.length * shape.size()) {
      throw new IllegalArgumentException(
          "%s bytes of pixels for %s images of %s".formatted(pixels.length, labels.length, shape));
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
    int size = shape.size();
    int start = Objects.checkIndex(index, labels.length) * size;
    BytePixels.read(pixels, start, size, target, offset);
  }
}
