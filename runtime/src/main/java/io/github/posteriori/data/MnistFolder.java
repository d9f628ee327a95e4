package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MNIST and the sets published in its layout: 28x28 pixels, 10 classes, four IDX files in a folder.
 *
 * <p>The files are {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
 * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each plain or with {@code .gz};
 * {@code .idx} in place of {@code -idx} is accepted. They may lie in the sub-folder {@code raw},
 * too, where torchvision leaves them. The images are resized bilinearly to {@code [1, 32, 32]}, the
 * size that the shipped networks expect.
 */
public enum MnistFolder implements PublishedSet {
  /** Handwritten digits: 60,000 and 10,000. */
  MNIST("mnist", "MNIST", Catalogue.MNIST, Digits.DIGITS),
  /** Fashion-MNIST, articles of clothing: 60,000 and 10,000. */
  FASHION(
      "fashion",
      "FashionMNIST",
      Catalogue.FASHION,
      List.of(
          "T-shirt",
          "trousers",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot")),
  /**
   * notMNIST, the letters A to J in many typefaces; usually only its test files are available.
   *
   * <p>It is also read from its official layout, a folder of pictures for each letter: {@code
   * notMNIST_small/A} to {@code J} as the test part and {@code notMNIST_large} as the training
   * part, beside or inside {@code notMNIST}, unpacked or in the official archives, {@code
   * notMNIST_small.tar.gz} and {@code notMNIST_large.tar.gz}; or {@code notMNIST/A} to {@code J} as
   * the test part.
   */
  NOT_MNIST("notmnist", "notMNIST", List.of(), Digits.LETTERS) {
    @Override
    Optional<Dataset> readPictures(Path data, Part part) {
      return new NotMnistPictures(data, part).read(NOT_MNIST.dataset);
    }

    @Override
    String alternative(Part part) {
      return ", or " + NotMnistPictures.archive(part) + ", which need not be unpacked,";
    }
  };

  private static final int SIDE = 32;

  private final String dataset;
  private final String folder;
  private final List<PublishedFile> published;
  private final List<String> classNames;

  MnistFolder(
      String dataset, String folder, List<PublishedFile> published, List<String> classNames) {
    this.dataset = dataset;
    this.folder = folder;
    this.published = published;
    this.classNames = classNames;
  }

  String dataset() {
    return dataset;
  }

  List<String> classNames() {
    return classNames;
  }

  /** Reads a part that is there as pictures. */
  Optional<Dataset> readPictures(Path data, Part part) {
    return Optional.empty();
  }

  /** What the folder may hold in place of the four files, for a message. */
  String alternative(Part part) {
    return "";
  }

  @Override
  public Dataset read(Path data, Part part) {
    Optional<Path> imageFile = find(data, part, images(part));
    Optional<Path> labelFile = find(data, part, labels(part));
    if (imageFile.isPresent() && labelFile.isPresent()) {
      return resized(pair(imageFile.get(), labelFile.get()));
    }
    return readPictures(data, part)
        .map(MnistFolder::resized)
        .orElseThrow(() -> absent(data, part, imageFile.isPresent() ? labels(part) : images(part)));
  }

  @Override
  public List<PublishedFile> missing(Path data, Part part) {
    List<String> absent =
        Stream.of(images(part), labels(part))
            .filter(name -> find(data, part, name).isEmpty())
            .map(name -> name + ".gz")
            .toList();
    return published.stream()
        .filter(file -> absent.contains(file.path().getFileName().toString()))
        .toList();
  }

  private static String images(Part part) {
    return prefix(part) + "-images-idx3-ubyte";
  }

  private static String labels(Part part) {
    return prefix(part) + "-labels-idx1-ubyte";
  }

  private static String prefix(Part part) {
    return part == Part.TRAIN ? "train" : "t10k";
  }

  private static Dataset resized(Dataset images) {
    return new Resized(images, SIDE, SIDE);
  }

  private Dataset pair(Path imageFile, Path labelFile) {
    Idx labels = Idx.labels(labelFile);
    int[] classes = checkedLabels(labels, classNames.size());
    Idx images = Idx.images(imageFile);
    if (images.count() != labels.count()) {
      throw DataException.of(
          imageFile,
          images.count() + " images",
          labels.count() + " as in " + labelFile.getFileName(),
          "Fetch both files again, from one source.");
    }
    Shape.Image shape = Shape.image(1, images.dimensions()[1], images.dimensions()[2]);
    return new ByteImages(dataset, shape, classNames, images.values(), classes);
  }

  private static int[] checkedLabels(Idx file, int classes) {
    int[] labels = new int[file.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = file.values()[i] & 0xff;
      if (labels[i] >= classes) {
        throw DataException.of(
            file.file(),
            "label " + labels[i] + " at position " + i,
            "0 to " + (classes - 1),
            "Check that the file belongs to a set of " + classes + " classes.");
      }
    }
    return labels;
  }

  /** Finds a file, beside the other one of the part if there is a folder that has both. */
  private Optional<Path> find(Path data, Part part, String name) {
    Path own = FileNames.folder(data, folder);
    List<Path> places = List.of(own, own.resolve("raw"));
    return Stream.concat(
            places.stream()
                .filter(
                    place ->
                        Stream.of(images(part), labels(part))
                            .allMatch(file -> find(place, file).isPresent())),
            places.stream())
        .flatMap(place -> find(place, name).stream())
        .findFirst();
  }

  private static Optional<Path> find(Path directory, String name) {
    String dotted = name.replace("-idx", ".idx");
    return Stream.of(name, name + ".gz", dotted, dotted + ".gz")
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private DataException absent(Path data, Part part, String name) {
    String source =
        published.isEmpty() ? "" : ", from " + published.get(0).source().resolve(".") + ",";
    return DataException.of(
        FileNames.folder(data, folder),
        "no " + name,
        "that file, plain or as " + name + ".gz",
        "Put %s.gz and %s.gz%s%s into this folder."
            .formatted(images(part), labels(part), source, alternative(part)));
  }
}
