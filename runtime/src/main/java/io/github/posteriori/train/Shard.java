package io.github.posteriori.train;

import io.github.posteriori.data.Batch;

/**
 * Which share of every batch one trainer of several takes.
 *
 * @param index of the trainer, from 0
 * @param count how many trainers there are, at least 1
 */
public record Shard(int index, int count) {
  public Shard {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "shard " + index + " of " + count + ", expected an index from 0 to count - 1");
    }
  }

  /** A trainer that takes everything. */
  public static Shard whole() {
    return new Shard(0, 1);
  }

  /** This shard's examples, which may be none where the batch has fewer than there are shards. */
  Batch of(Batch batch) {
    if (count == 1) {
      return batch;
    }
    int from = (int) ((long) batch.count() * index / count);
    int to = (int) ((long) batch.count() * (index + 1) / count);
    return batch.slice(from, to - from);
  }

  /** Whether this shard adds the gradient of the KL divergence: the last, which is never empty. */
  boolean addsDivergence() {
    return index == count - 1;
  }
}
