package io.github.posteriori.train;

import io.github.posteriori.data.Batch;

/**
 * The share of every batch that one of several trainers takes.
 *
 * @param index number of the trainer, from 0
 * @param count number of trainers, at least 1
 */
public record Shard(int index, int count) {
  public Shard {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "shard " + index + " of " + count + ", expected an index from 0 to count - 1");
    }
  }

  /** Returns the shard of a single trainer, the whole batch. */
  public static Shard whole() {
    return new Shard(0, 1);
  }

  /** Returns this shard's examples; none if the batch has fewer examples than there are shards. */
  Batch of(Batch batch) {
    if (count == 1) {
      return batch;
    }
    return batch.slice(from(batch.count()), size(batch.count()));
  }

  /** Returns the number of this shard's examples in a batch of {@code examples}. */
  int size(int examples) {
    return (int) ((long) examples * (index + 1) / count) - from(examples);
  }

  /** Returns the number of this shard's examples in an epoch of {@code examples}. */
  int size(int examples, int batch) {
    return examples / batch * size(batch) + size(examples % batch);
  }

  /**
   * Returns the index of the shard that has an example of an epoch.
   *
   * @param position of the example in the epoch's order
   * @param examples of the epoch
   * @param batch examples of a whole batch
   * @param count number of shards
   */
  public static int index(int position, int examples, int batch, int count) {
    int first = position - position % batch;
    long size = Math.min(batch, examples - first);
    // The largest index with size * index / count <= position - first.
    return (int) (((position - first + 1L) * count - 1) / size);
  }

  private int from(int examples) {
    return (int) ((long) examples * index / count);
  }

  /**
   * Returns whether this shard adds the gradient of the KL divergence; the last one does, as it is
   * never empty.
   */
  public boolean addsDivergence() {
    return index == count - 1;
  }
}
