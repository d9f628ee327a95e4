package io.github.posteriori.data;

import io.github.posteriori.pickle.NumpyArray;
import io.github.posteriori.pickle.PickleException;
import io.github.posteriori.pickle.PickleValue;
import io.github.posteriori.pickle.PickleValue.Dictionary;
import io.github.posteriori.pickle.PickleValue.Sequence;
import io.github.posteriori.pickle.PickleValue.Whole;
import io.github.posteriori.pickle.Unpickler;
import io.github.posteriori.pickle.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The CIFAR sets in their version for Python, which torchvision and others download: pickled
 * dictionaries with a NumPy array of pixels and lists of labels. No code in them is run.
 *
 * @param folder of the files, which are named like those of the binary version without {@code .bin}
 * @param archive the official archive
 * @param labels keys of the labels, in the order of the binary version's label bytes
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">The CIFAR-10 dataset, "Python
 *     version"</a>
 */
record CifarPython(String folder, String archive, List<String> labels) {
  static final CifarPython TEN =
      new CifarPython("cifar-10-batches-py", "cifar-10-python.tar.gz", List.of("labels"));
  static final CifarPython HUNDRED =
      new CifarPython(
          "cifar-100-python", "cifar-100-python.tar.gz", List.of("coarse_labels", "fine_labels"));

  private static final int PIXELS = 3 * 32 * 32;

  /** Returns the name here of a file of the binary version. */
  static String name(String binary) {
    return binary.replaceFirst("\\.bin$", "");
  }

  /**
   * Converts the contents of {@code file} to the records of the binary version.
   *
   * @throws DataException if it is damaged, or not such a dictionary
   */
  byte[] records(Path file, byte[] contents) {
    try {
      PickleValue root = new Unpickler(Vocabulary.PLAIN).read(ByteBuffer.wrap(contents));
      if (!(root instanceof Dictionary batch)) {
        throw wrong(file, root.kind(), "a dictionary of data and " + String.join(", ", labels));
      }
      return records(file, batch);
    } catch (PickleException e) {
      throw e.isForbidden()
          ? wrong(file, "a pickle that asks for " + shown(e.found()), "one of plain data")
          : wrong(file, shown(e.found()), shown(e.expected()));
    }
  }

  private byte[] records(Path file, Dictionary batch) {
    if (!(batch.entries().get("data") instanceof NumpyArray pixels)
        || !pixels.type().code().equals("u1")
        || pixels.shape().size() != 2
        || pixels.shape().get(1) != PIXELS) {
      throw wrong(file, "no array of pixels under data", "bytes of the shape [images, 3072]");
    }
    ByteBuffer bytes = pixels.numbers();
    int count = bytes.remaining() / PIXELS;
    int length = labels.size() + PIXELS;
    byte[] records = new byte[Math.multiplyExact(count, length)];
    for (int k = 0; k < labels.size(); k++) {
      byte[] column = labels(file, labels.get(k), batch.entries().get(labels.get(k)), count);
      for (int i = 0; i < count; i++) {
        records[i * length + k] = column[i];
      }
    }
    for (int i = 0; i < count; i++) {
      int start = i * length + labels.size();
      if (pixels.isColumnMajor()) {
        for (int p = 0; p < PIXELS; p++) {
          records[start + p] = bytes.get(p * count + i);
        }
      } else {
        bytes.get(i * PIXELS, records, start, PIXELS);
      }
    }
    return records;
  }

  private static byte[] labels(Path file, String key, PickleValue value, int count) {
    if (!(value instanceof Sequence list) || list.items().size() != count) {
      throw wrong(
          file,
          value instanceof Sequence list
              ? list.items().size() + " " + key
              : "no list of labels under " + key,
          count + ", one for each image");
    }
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      boolean label =
          list.items().get(i) instanceof Whole whole
              && whole.number().signum() >= 0
              && whole.number().bitLength() <= Byte.SIZE;
      if (!label) {
        throw wrong(file, "no label at position " + i + " of " + key, "a number below 256");
      }
      labels[i] = ((Whole) list.items().get(i)).number().byteValue();
    }
    return labels;
  }

  /** Text of the file, made safe for a terminal. */
  private static String shown(String text) {
    int most = 200;
    return text.substring(0, Math.min(text.length(), most)).replaceAll("\\p{Cntrl}", "?");
  }

  private static DataException wrong(Path file, String found, String expected) {
    return DataException.of(file, found, expected, "Fetch the file again from its source.");
  }
}
