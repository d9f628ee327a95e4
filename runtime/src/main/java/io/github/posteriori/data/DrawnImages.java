package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Images that the program draws, each when it is first asked for.
 *
 * @param labels the class of each image
 * @param drawn the images so far, as bytes from 0 to 255; two threads may draw one twice, alike
 */
record DrawnImages(
    String name,
    Shape.Image shape,
    List<String> classNames,
    int[] labels,
    AtomicReferenceArray<byte[]> drawn,
    Artist artist)
    implements Dataset {

  /** Draws single images. */
  @FunctionalInterface
  interface Artist {
    /** Draws image {@code index}, which depends on nothing else. */
    byte[] draw(int index, int label);
  }

  DrawnImages(
      String name, Shape.Image shape, List<String> classNames, int[] labels, Artist artist) {
    this(name, shape, classNames, labels, new AtomicReferenceArray<>(labels.length), artist);
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
    byte[] pixels = drawn.get(index);
    if (pixels == null) {
      pixels = artist.draw(index, labels[index]);
      drawn.set(index, pixels);
    }
    BytePixels.read(pixels, 0, pixels.length, target, offset);
  }

  /** Returns the first images, which are as good as any: each is drawn by itself. */
  @Override
  public Dataset limit(int examples) {
    return Subset.first(this, examples);
  }
}
