package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The contents of one CIFAR file: records of label bytes and 3 x 32 x 32 pixel bytes, red, green
 * and blue, row by row.
 *
 * @param classNames of the classes
 * @param labels number of values of each label byte; the last one is the class (CIFAR-100 has a
 *     coarse label before it)
 * @param bytes whole records, checked by {@link #checked}; not copied
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">The CIFAR-10 dataset, "Binary
 *     version"</a>
 */
record CifarRecords(String name, List<String> classNames, int[] labels, byte[] bytes)
    implements Dataset {
  private static final Shape.Image SHAPE = Shape.image(3, 32, 32);

  /**
   * Checks the records of {@code file}.
   *
   * @throws DataException if {@code bytes} are not whole records, or a label is out of range
   */
  static CifarRecords checked(
      String name, List<String> classNames, int[] labels, Path file, byte[] bytes) {
    CifarRecords records = new CifarRecords(name, classNames, labels, bytes);
    if (bytes.length == 0 || bytes.length % records.length() != 0) {
      throw DataException.of(
          file,
          bytes.length + " bytes",
          "one or more records of " + records.length() + " bytes",
          "Fetch the file again from its source.");
    }
    for (int i = 0; i < records.size(); i++) {
      for (int k = 0; k < labels.length; k++) {
        int label = records.labelByte(i, k);
        if (label >= labels[k]) {
          throw DataException.of(
              file,
              "label " + label + " in record " + i,
              "0 to " + (labels[k] - 1),
              "Check that this is a file of " + name + ", and fetch it again.");
        }
      }
    }
    return records;
  }

  @Override
  public int size() {
    return bytes.length / length();
  }

  @Override
  public Shape.Image shape() {
    return SHAPE;
  }

  @Override
  public int classes() {
    return classNames.size();
  }

  @Override
  public int label(int index) {
    return labelByte(Objects.checkIndex(index, size()), labels.length - 1);
  }

  @Override
  public void image(int index, float[] target, int offset) {
    int start = Objects.checkIndex(index, size()) * length() + labels.length;
    BytePixels.read(bytes, start, SHAPE.size(), target, offset);
  }

  private int length() {
    return labels.length + SHAPE.size();
  }

  private int labelByte(int index, int which) {
    return bytes[index * length() + which] & 0xff;
  }
}
