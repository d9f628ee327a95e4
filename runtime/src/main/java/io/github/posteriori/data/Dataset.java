package io.github.posteriori.data;

import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A set of labelled examples, read by index from any thread: images, pixels from 0 to 1; signals,
 * which are images of one row; or features.
 */
public interface Dataset {

  /** The name of the set on the command line and in checkpoints. */
  String name();

  /** The number of examples. */
  int size();

  /** The shape of one example. */
  Shape shape();

  /** The number of classes. */
  int classes();

  /**
   * The names of the classes, by label: distinct, none of them blank. Unless a set has better ones,
   * they are the numbers from 0.
   */
  default List<String> classNames() {
    return ClassNames.numbers(classes()).names();
  }

  /**
   * The names of the numbers that are each example's target; empty where the target is a class. A
   * set of numbers has no classes: {@link #classes} is 0, and {@link #targets} gives {@link
   * Targets.Values} of this width.
   */
  default List<String> targetNames() {
    return List.of();
  }

  /**
   * Returns the class of example {@code index}, in [0, classes).
   *
   * @throws IllegalStateException if the targets are numbers
   */
  int label(int index);

  /** Returns the targets of some examples, in the order of {@code indices}. */
  default Targets targets(int... indices) {
    return new Targets.Labels(Arrays.stream(indices).map(this::label).toArray());
  }

  /**
   * Writes the numbers of example {@code index}: of an image its pixels, from 0 to 1, channel by
   * channel and row by row. All are written, whatever {@code target} holds.
   *
   * @param index the example, in [0, size)
   * @param target receives {@code shape().size()} numbers
   * @param offset their start in {@code target}
   */
  void image(int index, float[] target, int offset);

  /**
   * Returns whether reading an example takes long, such as decoding a picture: batches then read as
   * many examples at a time as there are cores.
   */
  default boolean takesLongToRead() {
    return false;
  }

  /**
   * Creates a set from the caller's examples, which are copied.
   *
   * @param name any name that is not blank
   * @param shape the shape of each example
   * @param classes number of classes, at least 1
   * @param images the numbers of each example: pixels from 0 to 1, channel by channel and row by
   *     row, or any finite features
   * @param labels the class of each example, in [0, classes)
   * @throws IllegalArgumentException if any of these does not hold; the message says which and
   *     where
   */
  static Dataset of(String name, Shape shape, int classes, float[][] images, int[] labels) {
    FloatImages.requireClasses(classes);
    return of(name, shape, ClassNames.numbers(classes).names(), images, labels);
  }

  /**
   * Creates a set from the caller's examples, which are copied, with names for the classes.
   *
   * @param name any name that is not blank
   * @param shape the shape of each example
   * @param classNames the names of the classes, by label: distinct, none of them blank
   * @param images the numbers of each example: pixels from 0 to 1, channel by channel and row by
   *     row, or any finite features
   * @param labels the class of each example, its place in {@code classNames}
   * @throws IllegalArgumentException if any of these does not hold; the message says which and
   *     where
   */
  static Dataset of(
      String name, Shape shape, List<String> classNames, float[][] images, int[] labels) {
    return new FloatImages(name, shape, classNames, images, labels);
  }

  /**
   * Creates a set of the caller's examples, which are copied, whose targets are numbers:
   * measurements, counts, or several labels, each 1 or 0.
   *
   * @param name any name that is not blank
   * @param shape the shape of each example
   * @param targetNames the names of the numbers: distinct, none of them blank
   * @param images the numbers of each example: pixels from 0 to 1, channel by channel and row by
   *     row, or any finite features
   * @param values the target of each example, one finite number for each name
   * @throws IllegalArgumentException if any of these does not hold; the message says which and
   *     where
   */
  static Dataset ofValues(
      String name, Shape shape, List<String> targetNames, float[][] images, float[][] values) {
    return FloatValues.of(name, shape, targetNames, images, values);
  }

  /**
   * Returns a part of this set, or the whole set if it has no more examples. The part is drawn at
   * random from all classes, each of which has its share, and at least one example if there are
   * enough; it is the same each time, in the order of this set. A smaller part is within a larger
   * one.
   *
   * @throws IllegalArgumentException if {@code examples} is below 1, or a label is not in [0,
   *     classes)
   */
  default Dataset limit(int examples) {
    return Subset.limit(this, examples);
  }

  /**
   * Returns this set with its classes numbered by their places in {@code classNames}, such as those
   * of a network that is to be measured on it. Classes of {@code classNames} that this set lacks
   * have no examples. If only one side has names and there are equally many classes, labels stay as
   * they are.
   *
   * @throws IllegalArgumentException if this set has a class that is not in {@code classNames}, or
   *     names are blank or equal
   */
  default Dataset matching(List<String> classNames) {
    return Renumbered.matching(this, new ClassNames(classNames));
  }

  /**
   * Returns this set with its images at another height and width, by bilinear interpolation. Images
   * that were resized before are resized anew, from what they were at first.
   *
   * @throws IllegalArgumentException if a side is below 1, or the examples are no images
   */
  default Dataset resized(int height, int width) {
    return shaped(Shape.image(Resized.image(this).channels(), height, width));
  }

  /**
   * Returns this set with its images in another shape: resized as by {@link #resized} and, where
   * they are decoded from pictures, grey for one channel or in colour for three. Other images keep
   * their channels.
   *
   * @throws IllegalArgumentException if the examples are no images, or pictures cannot have so many
   *     channels
   */
  default Dataset shaped(Shape.Image shape) {
    return Resized.of(this, shape.height(), shape.width());
  }

  /**
   * Returns this set with its images corrupted as they are read, under a name that says so. An
   * image is corrupted the same way whenever, on whatever thread and in whatever part of the set it
   * is read; images that are resized afterwards are corrupted at their new size.
   *
   * @param seed of what is drawn at random
   * @throws IllegalArgumentException if the examples are no pictures of one channel or three
   */
  default Dataset corrupted(Corruption corruption, long seed) {
    return new Corrupted(this, corruption, seed);
  }

  /**
   * Returns the examples of some consecutive classes, as a set of its own whose labels start from 0
   * and whose classes keep their names.
   *
   * @param name name of the new set
   * @param first the class that gets label 0
   * @param classes number of classes, at least 1
   * @throws IllegalArgumentException if this set lacks one of them
   */
  default Dataset classRange(String name, int first, int classes) {
    return Subset.classRange(name, this, first, classes);
  }

  /**
   * Returns the examples of some classes, as a set of its own whose labels start from 0, in the
   * order of this set, and whose classes keep their names.
   *
   * @param name name of the new set
   * @param classNames names of the classes that are kept, in any order
   * @throws IllegalArgumentException if this set has no class of such a name or no example of any,
   *     if a name is blank or there twice, or if the targets are numbers
   */
  default Dataset onlyClasses(String name, List<String> classNames) {
    return Subset.onlyClasses(name, this, new ClassNames(classNames));
  }

  /**
   * Splits off some examples for validation, chosen at random by {@code seed} alone.
   *
   * @param validFraction the share for validation, above 0 and below 1, rounded to whole examples
   * @throws IllegalArgumentException if the fraction is out of range or leaves one part empty
   */
  default Split split(double validFraction, long seed) {
    return Subset.split(this, validFraction, seed);
  }

  /**
   * Splits off some examples of each class, chosen at random by {@code seed} alone. Each class
   * keeps at least one.
   *
   * @param fraction the share that becomes {@code valid}, above 0 and below 1
   * @throws IllegalArgumentException if the fraction is out of range or nothing can be split off
   */
  default Split splitEachClass(double fraction, long seed) {
    return Subset.splitEachClass(this, fraction, seed);
  }
}
