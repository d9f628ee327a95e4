package io.github.posteriori.data;

import io.github.posteriori.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * MNIST and the sets published in its layout: 28x28 pixels, 10 classes, four IDX files in a folder.
 *
 * <p>The files are {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
 * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each plain or with {@code .gz};
 * {@code .idx} in place of {@code -idx} is accepted. The images come out as {@code [1, 32, 32]},
 * resized bilinearly, because the shipped networks expect that size.
 */
public enum MnistFolder {
  /** Handwritten digits: 60,000 and 10,000. */
  MNIST("mnist", "MNIST"),
  /** Fashion-MNIST, articles of clothing: 60,000 and 10,000. */
  FASHION("fashion", "FashionMNIST"),
  /** notMNIST, the letters A to J in many typefaces; usually only its test files are around. */
  NOT_MNIST("notmnist", "notMNIST");

  private static final int CLASSES = 10;
  private static final int SIDE = 32;

  private final String dataset;
  private final String folder;

  MnistFolder(String dataset, String folder) {
    this.dataset = dataset;
    this.folder = folder;
  }

  /**
   * Reads the training images from the set's folder inside {@code data}.
   *
   * @throws DataException if a file is missing, damaged or does not fit the other
   */
  public Dataset train(Path data) {
    return read(data.resolve(folder), "train");
  }

  /**
   * Reads the test images from the set's folder inside {@code data}.
   *
   * @throws DataException if a file is missing, damaged or does not fit the other
   */
  public Dataset test(Path data) {
    return read(data.resolve(folder), "t10k");
  }

  private Dataset read(Path directory, String part) {
    Path imageFile = find(directory, part, "-images", "idx3-ubyte");
    Path labelFile = find(directory, part, "-labels", "idx1-ubyte");
    Idx labels = Idx.labels(labelFile);
    int[] classes = checkedLabels(labels);
    Idx images = Idx.images(imageFile);
    if (images.count() != labels.count()) {
      throw DataException.of(
          imageFile,
          images.count() + " images",
          labels.count() + " as in " + labelFile.getFileName(),
          "Fetch both files again, from one source.");
    }
    Shape.Image shape = Shape.image(1, images.dimensions()[1], images.dimensions()[2]);
    return new Resized(
        new ByteImages(dataset, shape, CLASSES, images.values(), classes), SIDE, SIDE);
  }

  private static int[] checkedLabels(Idx labels) {
    int[] classes = new int[labels.count()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels.values()[i] & 0xff;
      if (classes[i] >= CLASSES) {
        throw DataException.of(
            labels.file(),
            "label " + classes[i] + " at position " + i,
            "0 to " + (CLASSES - 1),
            "Check that the file belongs to a set of " + CLASSES + " classes.");
      }
    }
    return classes;
  }

  private static Path find(Path directory, String part, String what, String suffix) {
    String name = part + what + "-" + suffix;
    String dotted = part + what + "." + suffix;
    for (String candidate : List.of(name, name + ".gz", dotted, dotted + ".gz")) {
      Path file = directory.resolve(candidate);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw DataException.of(
        directory,
        "no " + name,
        "that file, plain or as " + name + ".gz",
        "Put %1$s-images-idx3-ubyte.gz and %1$s-labels-idx1-ubyte.gz into this folder."
            .formatted(part));
  }
}
