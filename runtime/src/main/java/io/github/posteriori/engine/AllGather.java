package io.github.posteriori.engine;

import java.util.Arrays;

/**
 * Exchanges numbers between the shards of a batch while their gradients are computed, for layers
 * that want numbers of the whole batch.
 *
 * <p>It is a collective operation: every shard calls it equally often, and none goes on before all
 * have called it.
 */
@FunctionalInterface
public interface AllGather {

  /**
   * Returns what each shard contributed, in the order of the shards.
   *
   * @param own the contribution of this shard, as long as those of the others
   */
  double[][] gather(double[] own);

  /** Returns the exchange of a batch that is in one piece. */
  static AllGather alone() {
    return own -> new double[][] {own};
  }

  /** Returns the sum over all shards, taken over the tree of {@link ShardTree}. */
  default double[] sum(double[] own) {
    return ShardTree.reduce(Arrays.asList(gather(own)), AllGather::sum);
  }

  private static double[] sum(double[] one, double[] other) {
    double[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
