package io.github.posteriori.train;

import io.github.posteriori.engine.ShardTree;
import io.github.posteriori.layers.Parameter;
import java.util.Arrays;
import java.util.List;

/**
 * The gradients of a shard, or their sum over several.
 *
 * @param gradients of each trained parameter
 * @param totals the objective, the score, and the sums of what the likelihood learns
 * @param statistics the running statistics after the step, the same of all shards
 */
public record ShardGradients(float[][] gradients, double[] totals, float[][] statistics)
    implements SentGradients {

  /**
   * The same with gradients in bfloat16.
   *
   * @param gradients of each trained parameter
   * @param totals as above
   * @param statistics as above
   */
  record Rounded(short[][] gradients, double[] totals, float[][] statistics)
      implements SentGradients {
    @Override
    public ShardGradients floats() {
      return new ShardGradients(
          Arrays.stream(gradients).map(Bfloat16Numbers::floats).toArray(float[][]::new),
          totals,
          statistics);
    }
  }

  /** Returns these as they travel. */
  public SentGradients sent(Exchange exchange) {
    return exchange instanceof Exchange.Bfloat16
        ? new Rounded(
            Arrays.stream(gradients).map(Bfloat16Numbers::round).toArray(short[][]::new),
            totals,
            statistics)
        : this;
  }

  @Override
  public ShardGradients floats() {
    return this;
  }

  /** Copies the gradients and statistics of a network. */
  static ShardGradients read(double[] totals, Replica network) {
    return new ShardGradients(
        network.trained().stream().map(ShardGradients::gradient).toArray(float[][]::new),
        totals,
        network.statistics().stream().map(ShardGradients::values).toArray(float[][]::new));
  }

  private static float[] gradient(Parameter parameter) {
    float[] gradient = new float[parameter.size()];
    parameter.readGradient(0, gradient.length, gradient, 0);
    return gradient;
  }

  private static float[] values(Parameter parameter) {
    float[] values = new float[parameter.size()];
    parameter.read(values);
    return values;
  }

  /**
   * Sums shards over their {@linkplain ShardTree tree}. The arrays of some of them are overwritten.
   *
   * @param shards each, or of all {@code 2^k} neighbours from the first on the sum
   */
  public static ShardGradients sum(List<ShardGradients> shards) {
    return ShardTree.reduce(shards, ShardGradients::plus);
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

  /** Sets the gradients and statistics of a network to these. */
  void write(Replica network) {
    List<Parameter> trained = network.trained();
    for (int p = 0; p < gradients.length; p++) {
      trained.get(p).writeGradient(0, gradients[p].length, gradients[p], 0);
    }
    List<Parameter> changed = network.statistics();
    for (int p = 0; p < statistics.length; p++) {
      changed.get(p).write(statistics[p]);
    }
  }
}
