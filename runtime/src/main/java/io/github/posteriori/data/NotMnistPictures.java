package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * notMNIST as it is published: a folder of pictures for each letter, unpacked or in its archive.
 *
 * @param data the folder of data sets
 */
record NotMnistPictures(Path data, Part part) {
  private static final Shape.Image SHAPE = Shape.image(1, 28, 28);
  private static final int MOST_BYTES = 1 << 20;

  /** Returns the name of a part's official archive. */
  static String archive(Part part) {
    return official(part) + ".tar.gz";
  }

  private static String official(Part part) {
    return part == Part.TRAIN ? "notMNIST_large" : "notMNIST_small";
  }

  /**
   * Reads the part; empty if it is not there.
   *
   * @param name of the set
   */
  Optional<Dataset> read(String name) {
    Path own = FileNames.folder(data, "notMNIST");
    String official = official(part);
    Stream<Path> folders = Stream.of(own.resolve(official), data.resolve(official));
    Stream<Path> archives = Stream.of(own.resolve(archive(part)), data.resolve(archive(part)));
    return Stream.concat(folders, part == Part.TEST ? Stream.of(own) : Stream.empty())
        .filter(folder -> Files.isDirectory(folder.resolve(Digits.LETTERS.get(0))))
        .findFirst()
        .map(folder -> readFolder(name, folder))
        .or(
            () ->
                archives
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .map(archive -> readArchive(name, archive)));
  }

  private static Dataset readFolder(String name, Path folder) {
    LabelledPictures pictures = new LabelledPictures(folder, SHAPE);
    for (int label = 0; label < Digits.LETTERS.size(); label++) {
      pictures.readClass(label, folder.resolve(Digits.LETTERS.get(label)));
    }
    return pictures.join(name, Digits.LETTERS);
  }

  /** Reads an archive in memory: the same pictures in the same order as if it were unpacked. */
  private Dataset readArchive(String name, Path archive) {
    SortedMap<String, byte[]> files = TarGz.read(archive, this::isPicture, MOST_BYTES);
    LabelledPictures pictures = new LabelledPictures(archive, SHAPE);
    for (int label = 0; label < Digits.LETTERS.size(); label++) {
      String folder = official(part) + "/" + Digits.LETTERS.get(label) + "/";
      for (var file : files.tailMap(folder).entrySet()) {
        if (!file.getKey().startsWith(folder)) {
          break;
        }
        pictures.decode(label, archive.resolve(file.getKey()), file.getValue());
      }
      pictures.requireSome(label, archive.resolve(folder));
    }
    return pictures.join(name, Digits.LETTERS);
  }

  private boolean isPicture(String entry) {
    return entry.matches(official(part) + "/[A-J]/[ -.0-~]+")
        && !FileNames.isHidden(entry.substring(entry.lastIndexOf('/') + 1));
  }
}
