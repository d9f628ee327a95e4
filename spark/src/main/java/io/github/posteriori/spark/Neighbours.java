package io.github.posteriori.spark;

import java.util.Objects;
import org.apache.spark.Partitioner;

/**
 * Divides shards into groups of {@code 2^k} neighbours, whose sums are nodes of the tree over all
 * shards. As in Spark's {@code treeAggregate} there are about as many groups as shards in each.
 */
final class Neighbours extends Partitioner {
  private static final long serialVersionUID = 1;

  /** Of fewer shards, by estimate, a further stage takes longer than it saves the driver. */
  private static final int LEAST = 32;

  private final int shards;

  Neighbours(int shards) {
    this.shards = shards;
  }

  /** Returns the number of shards of a group but for the last. */
  private int size() {
    int size = 1;
    while (size * size < shards) {
      size *= 2;
    }
    return size;
  }

  /** Returns whether executors should sum groups before the driver sums all. */
  boolean pay() {
    return shards >= LEAST;
  }

  @Override
  public int numPartitions() {
    return (shards + size() - 1) / size();
  }

  @Override
  public int getPartition(Object shard) {
    return (int) shard / size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Neighbours neighbours && neighbours.shards == shards;
  }

  @Override
  public int hashCode() {
    return Objects.hash(shards);
  }
}
