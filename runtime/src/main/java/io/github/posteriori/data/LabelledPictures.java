package io.github.posteriori.data;

import io.github.posteriori.data.picture.PictureException;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.log.Log;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures that are being read, one class after the other, and those that had to be left out. */
final class LabelledPictures {
  private static final Log LOG = Log.of(PictureFolder.class);

  private final Path origin;
  private final Shape.Image shape;
  private final List<byte[]> pictures = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final Map<Path, String> skipped = new LinkedHashMap<>();

  /**
   * Begins without any.
   *
   * @param origin the folder or archive, for messages
   * @param shape that each picture gets
   */
  LabelledPictures(Path origin, Shape.Image shape) {
    this.origin = origin;
    this.shape = shape;
  }

  /** Reads all that lies in the folder of a class; what is no whole picture is left out. */
  void readClass(int label, Path folder) {
    List<Path> files = FileNames.visible(folder);
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        skip(file, "a folder in that of a class", "a picture", "Move its pictures one level up.");
      } else {
        read(label, file);
      }
    }
    requireSome(label, folder);
  }

  private void read(int label, Path file) {
    try {
      add(label, Picture.bytes(file, shape));
    } catch (DataException e) {
      skipped.put(file, e.getMessage());
    }
  }

  /** Decodes a picture that was read already. */
  void decode(int label, Path file, byte[] bytes) {
    try {
      add(label, Picture.decode(bytes, shape));
    } catch (PictureException e) {
      skip(file, e.found(), e.expected(), e.remedy());
    }
  }

  private void add(int label, byte[] picture) {
    pictures.add(picture);
    labels.add(label);
  }

  void skip(Path file, String found, String expected, String remedy) {
    skipped.put(file, DataException.of(file, found, expected, remedy).getMessage());
  }

  /**
   * Checks the class that was read last.
   *
   * @throws DataException if it has no picture
   */
  void requireSome(int label, Path folder) {
    if (labels.isEmpty() || labels.get(labels.size() - 1) != label) {
      throw DataException.of(
          folder,
          "no readable picture",
          Picture.FORMATS + " files",
          "Put the pictures of this class there, or remove the folder.");
    }
  }

  /** Returns what was left out, in the order of reading, and for each a message that says why. */
  Map<Path, String> skipped() {
    return skipped;
  }

  /**
   * Makes a set of the pictures, and warns of those left out.
   *
   * @throws DataException if there are more than an array holds
   */
  ByteImages join(String name, List<String> classNames) {
    if (!skipped.isEmpty()) {
      LOG.warn(
          "%s: left out %s of %s files, the first is %s"
              .formatted(
                  origin,
                  skipped.size(),
                  skipped.size() + pictures.size(),
                  skipped.values().iterator().next()));
    }
    return new ByteImages(
        name, shape, classNames, pixels(), labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private byte[] pixels() {
    long total = (long) pictures.size() * shape.size();
    if (total > Integer.MAX_VALUE - 8) {
      throw DataException.of(
          origin,
          pictures.size() + " pictures of " + shape,
          "at most " + Integer.MAX_VALUE / shape.size(),
          "Read them smaller, or in several folders.");
    }
    byte[] pixels = new byte[(int) total];
    for (int i = 0; i < pictures.size(); i++) {
      System.arraycopy(pictures.get(i), 0, pixels, i * shape.size(), shape.size());
    }
    return pixels;
  }
}
