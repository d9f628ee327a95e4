package io.github.posteriori.data;

import java.util.Arrays;

/**
 * Some consecutive examples of an epoch.
 *
 * @param images {@code [count, channels, height, width]}, row-major, pixels from 0 to 1
 * @param targets of each example
 * @param count how many examples there are
 * @param first the position of the first of them in the epoch's order
 */
public record Batch(float[] images, Targets targets, int count, int first) {

  /** A batch of images of known classes, {@code [count]}. */
  public Batch(float[] images, int[] labels, int count, int first) {
    this(images, new Targets.Labels(labels), count, first);
  }

  /**
   * The class of each example.
   *
   * @throws IllegalStateException when the targets are no classes
   */
  public int[] labels() {
    if (targets instanceof Targets.Labels labels) {
      return labels.classes();
    }
    throw new IllegalStateException("the targets are " + targets + ", expected classes");
  }

  /** The {@code count} examples from the {@code from}th of this batch on, copied. */
  public Batch slice(int from, int count) {
    int size = images.length / this.count;
    return new Batch(
        Arrays.copyOfRange(images, from * size, (from + count) * size),
        targets.slice(from, count),
        count,
        first + from);
  }
}
