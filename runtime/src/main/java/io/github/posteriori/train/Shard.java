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
