package io.github.posteriori.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Consecutive examples of an epoch.
 *
 * @param images {@code [count, channels, height, width]}, row-major, pixels from 0 to 1
 * @param targets the target of each example
 * @param count number of examples, at least 0
 * @param first position of the first example in the epoch's order
 */
public record Batch(float[] images, Targets targets, int count, int first) implements Serializable {

  public Batch {
    boolean fits =
        count == 0
            ? images.length == 0
            : count > 0 && images.length > 0 && images.length % count == 0;
    if (!fits || targets.count() != count) {
      throw new IllegalArgumentException(
          "the batch has %s numbers of images and %s targets, expected those of %s examples"
              .formatted(images.length, targets.count(), count));
    }
  }

  /** Creates a batch of images, pixels from 0 to 1, with the class of each, {@code [count]}. */
  public Batch(float[] images, int[] labels, int count, int first) {
    this(images, new Targets.Labels(labels), count, first);
  }

  /**
   * The class of each example.
   *
   * @throws IllegalStateException when the targets are not classes
   */
  public int[] labels() {
    if (targets instanceof Targets.Labels labels) {
      return labels.classes();
    }
    throw new IllegalStateException("the targets are " + targets + ", expected classes");
  }

  /** Copies {@code count} examples of this batch, from position {@code from} on. */
  public Batch slice(int from, int count) {
    int size = images.length / this.count;
    return new Batch(
        Arrays.copyOfRange(images, from * size, (from + count) * size),
        targets.slice(from, count),
        count,
        first + from);
  }
}
