package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A set of the user's own pictures: a sub-folder of PNG or JPEG files for each class.
 *
 * <p>Classes are numbered in the order of their folders' names, and pictures are ordered by class
 * and file name, upper case before lower case, on every machine. A test folder that lacks a class
 * numbers the others anew: {@link #matching} gives them the numbers that a network knows. Each
 * picture is resized as by {@link Picture}; transparent pixels are shown on white. Pictures that
 * cannot be decoded are skipped with a one-line warning. Hidden and other files are ignored.
 */
public final class PictureFolder implements Dataset {
  private static final Logger LOG = LoggerFactory.getLogger(PictureFolder.class);

  private final Dataset images;
  private final List<Path> skipped;

  private PictureFolder(Dataset images, List<Path> skipped) {
    this.images = images;
    this.skipped = skipped;
  }

  /**
   * Reads the pictures below {@code folder} as {@code [1, height, width]}; colours turn to grey by
   * their luma (ITU-R BT.601).
   *
   * @throws DataException if there is no class, a class without a readable picture, or more than an
   *     array holds
   */
  public static PictureFolder grey(Path folder, int height, int width) {
    return read(folder, Shape.image(1, height, width));
  }

  /**
   * Reads the pictures below {@code folder} as {@code [3, height, width]}: red, green, blue.
   *
   * @throws DataException if there is no class, a class without a readable picture, or more than an
   *     array holds
   */
  public static PictureFolder colour(Path folder, int height, int width) {
    return read(folder, Shape.image(3, height, width));
  }

  private static PictureFolder read(Path folder, Shape.Image shape) {
    List<String> classNames = names(folder, Files::isDirectory);
    if (classNames.isEmpty()) {
      throw DataException.of(
          folder,
          "no sub-folders",
          "one for each class",
          "Put the pictures of each class into a folder of their own.");
    }
    return read(folder.toAbsolutePath().getFileName().toString(), folder, classNames, shape);
  }

  /** Reads only the classes {@code classNames}. */
  static PictureFolder read(String name, Path folder, List<String> classNames, Shape.Image shape) {
    List<byte[]> pictures = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<Path> skipped = new ArrayList<>();
    for (int label = 0; label < classNames.size(); label++) {
      Path directory = folder.resolve(classNames.get(label));
      for (String file : names(directory, PictureFolder::isPicture)) {
        byte[] bytes = bytes(directory.resolve(file));
        try {
          pictures.add(Picture.decode(bytes, shape));
          labels.add(label);
        } catch (IOException e) {
          skipped.add(directory.resolve(file));
        }
      }
      if (labels.isEmpty() || labels.get(labels.size() - 1) != label) {
        throw DataException.of(
            directory,
            "no readable picture",
            "PNG or JPEG files",
            "Put the pictures of this class there, or remove the folder.");
      }
    }
    if (!skipped.isEmpty()) {
      LOG.warn(
          "{}: left out {} of {} pictures that cannot be decoded, the first is {}",
          folder,
          skipped.size(),
          skipped.size() + pictures.size(),
          skipped.get(0));
    }
    Dataset images =
        new ByteImages(
            name,
            shape,
            List.copyOf(classNames),
            joined(folder, pictures, shape),
            labels.stream().mapToInt(Integer::intValue).toArray());
    return new PictureFolder(images, List.copyOf(skipped));
  }

  private static byte[] joined(Path folder, List<byte[]> pictures, Shape.Image shape) {
    long total = (long) pictures.size() * shape.size();
    if (total > Integer.MAX_VALUE - 8) {
      throw DataException.of(
          folder,
          pictures.size() + " pictures of " + shape,
          "at most " + Integer.MAX_VALUE / shape.size(),
          "Read them smaller, or in several folders.");
    }
    byte[] pixels = new byte[(int) total];
    IntStream.range(0, pictures.size())
        .forEach(i -> System.arraycopy(pictures.get(i), 0, pixels, i * shape.size(), shape.size()));
    return pixels;
  }

  private static List<String> names(Path folder, Predicate<Path> filter) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(filter)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw DataException.unreadable(folder, e.getCause());
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Stream.of(".png", ".jpg", ".jpeg").anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** The names of the sub-folders, by label. */
  @Override
  public List<String> classNames() {
    return images.classNames();
  }

  /** The pictures that were skipped because they could not be decoded. */
  public List<Path> skipped() {
    return skipped;
  }

  @Override
  public String name() {
    return images.name();
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Shape.Image shape() {
    return images.shape();
  }

  @Override
  public int classes() {
    return images.classes();
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public void image(int index, float[] target, int offset) {
    images.image(index, target, offset);
  }
}
