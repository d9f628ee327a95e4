package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A set of the user's own pictures: a sub-folder for each class, of files in any format that {@link
 * Picture} reads, whatever their names.
 *
 * <p>Classes are numbered in the order of their folders' names, and pictures are ordered by class
 * and file name, upper case before lower case, on every machine. A test folder that lacks a class
 * numbers the others anew: {@link #matching} gives them the numbers that a network knows. Each
 * picture is read and resized as by {@link Picture}. Files that do not show a whole picture are
 * left out with a one-line warning; {@link #skipped} lists them. Hidden files are ignored.
 *
 * <p>Pictures stay in their files and are decoded when they are read, so that a folder may be
 * larger than the memory. A file that is found to be damaged only then is a {@link DataException}.
 */
public final class PictureFolder implements Dataset {
  private final PictureFiles images;
  private final Map<Path, String> skipped;

  private PictureFolder(PictureFiles images, Map<Path, String> skipped) {
    this.images = images;
    this.skipped = skipped;
  }

  /**
   * Reads the pictures below {@code folder} in a shape that suits them: in colour unless all are
   * grey, of their own size if it is one, and else 64 x 64. {@link #shaped} gives them another.
   *
   * @throws DataException if there is no class, or a class without a readable picture
   */
  public static PictureFolder of(Path folder) {
    return read(folder, PictureIndex::shape);
  }

  /**
   * Reads the pictures below {@code folder} as {@code [1, height, width]}; colours turn to grey by
   * their luma (ITU-R BT.601).
   *
   * @throws DataException if there is no class, or a class without a readable picture
   */
  public static PictureFolder grey(Path folder, int height, int width) {
    return read(folder, index -> Shape.image(1, height, width));
  }

  /**
   * Reads the pictures below {@code folder} as {@code [3, height, width]}: red, green, blue.
   *
   * @throws DataException if there is no class, or a class without a readable picture
   */
  public static PictureFolder colour(Path folder, int height, int width) {
    return read(folder, index -> Shape.image(3, height, width));
  }

  private static PictureFolder read(Path folder, Function<PictureIndex, Shape.Image> shape) {
    List<Path> entries = FileNames.visible(folder);
    List<Path> classes = entries.stream().filter(Files::isDirectory).toList();
    if (classes.isEmpty()) {
      throw DataException.of(
          folder,
          "no sub-folders",
          "one for each class",
          "Put the pictures of each class into a folder of their own.");
    }
    Map<Path, String> beside = new LinkedHashMap<>();
    for (Path entry : entries) {
      if (!Files.isDirectory(entry)) {
        beside.put(
            entry,
            DataException.of(
                    entry,
                    "a file beside the folders of the classes",
                    "folders",
                    "Put it into the folder of its class.")
                .getMessage());
      }
    }
    PictureIndex index = PictureIndex.of(folder, classes, beside);
    String name = FileNames.of(folder.toAbsolutePath().normalize());
    List<String> classNames = classes.stream().map(FileNames::of).toList();
    return new PictureFolder(
        index.files(name, classNames, shape.apply(index)),
        Collections.unmodifiableMap(index.skipped()));
  }

  @Override
  public Dataset shaped(Shape.Image shape) {
    return images.shaped(shape);
  }

  @Override
  public boolean takesLongToRead() {
    return images.takesLongToRead();
  }

  /** The names of the sub-folders, by label. */
  @Override
  public List<String> classNames() {
    return images.classNames();
  }

  /**
   * The files that were left out: what is no picture or no whole one, and what lies where no
   * pictures are read from.
   */
  public List<Path> skipped() {
    return List.copyOf(skipped.keySet());
  }

  /**
   * Returns a message that says why a file was left out.
   *
   * @param file one of {@link #skipped}
   * @throws IllegalArgumentException if it is none of them
   */
  public String reason(Path file) {
    String reason = skipped.get(file);
    if (reason == null) {
      throw new IllegalArgumentException(file + " was not left out, expected one of skipped()");
    }
    return reason;
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
