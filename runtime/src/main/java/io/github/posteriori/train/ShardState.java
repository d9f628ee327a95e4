package io.github.posteriori.train;

import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.likelihood.Likelihood;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All that the next steps of a shard depend on.
 *
 * @param weights of its network
 * @param optimiser its state
 * @param likelihood with what it has learned
 */
public record ShardState(Weights weights, OptimiserState optimiser, Likelihood likelihood)
    implements Serializable {

  /**
   * Returns the mean of weights, of the optimiser's slots, and of the noise that was learned. With
   * Adam the mean of the squares is that of the gradients of parts of a batch, whose noise is
   * larger than that of a whole one.
   *
   * @param shares of each shard, which add up to 1
   * @param steps of the optimiser so far
   */
  static ShardState mean(List<ShardState> shards, double[] shares, long steps) {
    ShardState first = shards.get(0);
    Map<String, Map<String, float[]>> slots = new HashMap<>();
    first
        .optimiser
        .slots()
        .forEach(
            (parameter, own) -> {
              Map<String, float[]> means = new HashMap<>();
              for (String slot : own.keySet()) {
                means.put(
                    slot,
                    mean(
                        shards.stream()
                            .map(shard -> shard.optimiser.slots().get(parameter).get(slot))
                            .toList(),
                        shares));
              }
              slots.put(parameter, means);
            });
    List<Likelihood> likelihoods = shards.stream().map(ShardState::likelihood).toList();
    return new ShardState(
        meanWeights(shards, shares),
        new OptimiserState(steps, slots),
        first.likelihood.pooled(likelihoods));
  }

  /** Returns this state with other weights. */
  ShardState with(Weights others) {
    return new ShardState(others, optimiser, likelihood);
  }

  private static Weights meanWeights(List<ShardState> shards, double[] shares) {
    List<Weights.Tensor> tensors = shards.get(0).weights.tensors();
    return new Weights(
        IntStream.range(0, tensors.size())
            .mapToObj(
                t ->
                    tensors
                        .get(t)
                        .with(
                            mean(
                                shards.stream()
                                    .map(shard -> shard.weights.tensors().get(t).kept())
                                    .toList(),
                                shares)))
            .toList());
  }

  /** Adds up in double precision, in the order of the shards, which their number alone decides. */
  private static float[] mean(List<float[]> shards, double[] shares) {
    float[] mean = new float[shards.get(0).length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (int s = 0; s < shares.length; s++) {
        sum += shares[s] * shards.get(s)[i];
      }
      mean[i] = (float) sum;
    }
    return mean;
  }
}
