package io.github.posteriori.train;

import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of a shard, or their sum over several.
 *
 * @param gradients of each trained parameter
 * @param totals as {@link GradientStep#compute} returns them
 */
public record ShardGradients(float[][] gradients, double[] totals) implements Serializable {

  /** Computes the gradients of a shard. */
  public static ShardGradients of(
      GradientStep step, Shard shard, NetworkRunner runner, List<Parameter> trained) {
    return read(step.compute(shard, runner, trained), trained);
  }

  /** Copies the gradients of {@code trained}. */
  public static ShardGradients read(double[] totals, List<Parameter> trained) {
    float[][] gradients = new float[trained.size()][];
    for (int p = 0; p < gradients.length; p++) {
      gradients[p] = new float[trained.get(p).size()];
      trained.get(p).readGradient(0, gradients[p].length, gradients[p], 0);
    }
    return new ShardGradients(gradients, totals);
  }

  /**
   * Sums shards over a binary tree that their number alone decides: neighbours in pairs, then pairs
   * of pairs. The arrays of the first are overwritten.
   */
  static ShardGradients sum(List<ShardGradients> shards) {
    List<ShardGradients> level = shards;
    while (level.size() > 1) {
      List<ShardGradients> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add(i + 1 < level.size() ? level.get(i).plus(level.get(i + 1)) : level.get(i));
      }
      level = above;
    }
    return level.get(0);
  }

  private ShardGradients plus(ShardGradients other) {
    for (int p = 0; p < gradients.length; p++) {
      float[] sum = gradients[p];
      float[] added = other.gradients[p];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += added[i];
      }
    }
    for (int t = 0; t < totals.length; t++) {
      totals[t] += other.totals[t];
    }
    return this;
  }

  /** Sets the gradients of {@code trained} to these. */
  void write(List<Parameter> trained) {
    for (int p = 0; p < gradients.length; p++) {
      trained.get(p).writeGradient(0, gradients[p].length, gradients[p], 0);
    }
  }
}
