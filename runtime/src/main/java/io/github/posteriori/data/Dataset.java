package io.github.posteriori.data;

import io.github.posteriori.Shape;

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

  /**
   * Writes the pixels of example {@code index}, from 0 to 1, channel by channel and row by row.
   *
   * @param index the example, in [0, size)
   * @param target receives {@code shape().size()} numbers
   * @param offset where in {@code target} they start
   */
  void image(int index, float[] target, int offset);
}
