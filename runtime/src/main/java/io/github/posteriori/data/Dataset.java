package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;

/** Labelled images, read by index from any thread. */
public interface Dataset {

  /** The name of the set, as the command line and checkpoints know it. */
  String name();

  /** How many examples there are. */
  int size();

  /** The shape of one image. */
  Shape.Image shape();

  /** How many classes the labels tell apart. */
  int classes();

  /** The class of example {@code index}, in [0, classes). */
  int label(int index);

  /** What was observed of some examples, in the order of {@code indices}. */
  default Targets targets(int... indices) {
    return new Targets.Labels(Arrays.stream(indices).map(this::label).toArray());
  }

  /**
   * Writes the pixels of example {@code index}, from 0 to 1, channel by channel and row by row.
   *
   * @param index the example, in [0, size)
   * @param target receives {@code shape().size()} numbers
   * @param offset where in {@code target} they start
   */
  void image(int index, float[] target, int offset);

  /**
   * A set of the caller's own images, which are copied.
   *
   * @param name any name that is not blank
   * @param shape the shape of each image
   * @param classes how many classes there are, at least 1
   * @param images for each example its pixels, from 0 to 1, channel by channel and row by row
   * @param labels for each example its class, in [0, classes)
   * @throws IllegalArgumentException if any of these does not hold, saying which and where
   */
  static Dataset of(String name, Shape.Image shape, int classes, float[][] images, int[] labels) {
    return new FloatImages(name, shape, classes, images, labels);
  }

  /**
   * The first {@code examples} of this set, or the whole set where it has no more.
   *
   * @throws IllegalArgumentException if {@code examples} is below 1
   */
  default Dataset limit(int examples) {
    return Subset.first(this, examples);
  }

  /**
   * The examples of some neighbouring classes of this set, as a set of its own whose labels start
   * from 0.
   *
   * @param name of the part
   * @param first the class that has label 0 in it
   * @param classes how many there are in it, at least 1
   * @throws IllegalArgumentException if this set lacks one of them
   */
  default Dataset classRange(String name, int first, int classes) {
    return Subset.classRange(name, this, first, classes);
  }

  /**
   * Holds some examples out for validation, chosen at random by {@code seed} alone.
   *
   * @param validFraction the share to hold out, above 0 and below 1, rounded to whole examples
   * @throws IllegalArgumentException if the fraction is out of range or leaves one part empty
   */
  default Split split(double validFraction, long seed) {
    return Subset.split(this, validFraction, seed);
  }
}
