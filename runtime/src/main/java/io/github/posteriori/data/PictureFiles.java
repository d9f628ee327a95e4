package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures that stay in their files and are decoded whenever they are read. As many as there is
 * room for are kept once they were.
 */
final class PictureFiles implements Dataset {
  private final String name;
  private final Shape.Image shape;
  private final List<String> classNames;
  private final List<Path> files;
  private final int[] labels;
  private final PictureCache decoded;

  /**
   * Makes a set of files.
   *
   * @param shape that each picture gets
   * @param labels the class of each file; not copied
   */
  PictureFiles(
      String name, Shape.Image shape, List<String> classNames, List<Path> files, int[] labels) {
    Picture.requireChannels(shape);
    this.name = name;
    this.shape = shape;
    this.classNames = classNames;
    this.files = files;
    this.labels = labels;
    this.decoded = new PictureCache(files.size(), shape.size());
  }

  @Override
  public Dataset shaped(Shape.Image other) {
    return other.equals(shape) ? this : new PictureFiles(name, other, classNames, files, labels);
  }

  @Override
  public boolean takesLongToRead() {
    return true;
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
    return classNames.size();
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  /**
   * {@inheritDoc}
   *
   * @throws DataException if the file is gone, or its pixels are damaged; it names the file
   */
  @Override
  public void image(int index, float[] target, int offset) {
    byte[] pixels = decoded.get(index, i -> Picture.bytes(files.get(i), shape));
    BytePixels.read(pixels, 0, pixels.length, target, offset);
  }
}
