package io.github.posteriori.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Consecutive examples of an epoch.
 *
 * @param images {@code [count, channels, height, width]}, row-major, pixels from 0 to 1; none where
 *     {@code rows} alone say which they are
 * @param targets the target of each example
 * @param count number of examples, at least 0
 * @param first position of the first example in the epoch's order
 * @param rows the index of each example in its set, whose image it has in every epoch; none where
 *     images are varied or mixed
 */
public record Batch(float[] images, Targets targets, int count, int first, int[] rows)
    implements Serializable {
  private static final int[] NO_ROWS = {};

  public Batch {
    boolean hasRows = rows.length == count;
    boolean hasImages = images.length > 0 && count > 0 && images.length % count == 0;
    boolean fits = hasImages ? hasRows || rows.length == 0 : hasRows && images.length == 0;
    if (!fits || targets.count() != count) {
      throw new IllegalArgumentException(
          "the batch has %s numbers of images, %s targets and %s rows, expected those of %s examples"
              .formatted(images.length, targets.count(), rows.length, count));
    }
  }

  /** Creates a batch of images that may be others in each epoch. */
  public Batch(float[] images, Targets targets, int count, int first) {
    this(images, targets, count, first, NO_ROWS);
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

  /** Returns this batch with other images of the same examples, or with none. */
  public Batch with(float[] others) {
    return new Batch(others, targets, count, first, rows);
  }

  /** Copies {@code count} examples of this batch, from position {@code from} on. */
  public Batch slice(int from, int count) {
    int size = images.length / this.count;
    return new Batch(
        Arrays.copyOfRange(images, from * size, (from + count) * size),
        targets.slice(from, count),
        count,
        first + from,
        rows.length == 0 ? rows : Arrays.copyOfRange(rows, from, from + count));
  }
}
