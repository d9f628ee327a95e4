package io.github.posteriori.data;

import io.github.posteriori.Shape;
import java.util.Objects;

/** Images held as one byte a pixel and channel, 0 to 255, one image after the other. */
final class ByteImages implements Dataset {
  private final String name;
  private final Shape.Image shape;
  private final int classes;
  private final byte[] pixels;
  private final int[] labels;

  /** Keeps both arrays; {@code pixels} holds {@code labels.length} images. */
  ByteImages(String name, Shape.Image shape, int classes, byte[] pixels, int[] labels) {
    if (pixels.length != (long) labels.length * shape.size()) {
      throw new IllegalArgumentException(
          "%d bytes of pixels for %d images of %s".formatted(pixels.length, labels.length, shape));
    }
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
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
    int size = shape.size();
    int start = Objects.checkIndex(index, labels.length) * size;
    for (int i = 0; i < size; i++) {
      target[offset + i] = (pixels[start + i] & 0xff) / 255f;
    }
  }
}
