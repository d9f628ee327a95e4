package io.github.posteriori.pruning;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The weights of a network in the order of their scores, those of all layers together. With
 *
 * <pre>
 *   s = |mu| / sigma   signal-to-noise ratio, of the weights that the network samples
 *   s = |w|            size, of all weights where it samples none
 * </pre>
 *
 * <p>the score of a weight is s^2 over the sum of s^2 of the weights of its layer that are at least
 * as large in s, itself among them: the share that it has in what is left of its layer when those
 * below are gone. The last weight of a layer has the score 1, so that no layer is emptied before
 * all others have lost theirs.
 *
 * <p>A weight whose noise drowns its mean can as well be 0 (Graves 2011, "Practical variational
 * inference for neural networks"; Blundell et al. 2015, arXiv 1505.05424). The score is that of Lee
 * et al. 2021, "Layer-adaptive sparsity for the magnitude-based pruning", arXiv 2010.07611, there
 * of sizes. Of a network that samples some layers only, the others are kept: a size compares to no
 * ratio. So are biases, of which there is one for a whole filter, or unit.
 *
 * <p>The ranking is of the weights as they are when it is made, and knows their values.
 */
public final class WeightRanking {
  private final List<Weight> weights;
  private final Map<Parameter, float[]> values = new LinkedHashMap<>();

  /** The scores of all weights, ascending, each with the weight's place among all. */
  private final long[] order;

  /** Number of weights that were pruned already, which come first in the order. */
  private final int pruned;

  private WeightRanking(List<Weight> weights, Function<Weight, float[]> strengths) {
    this.weights = weights;
    this.order = new long[weights.stream().mapToInt(Weight::size).reduce(0, Math::addExact)];
    int place = 0;
    int without = 0;
    for (Weight weight : weights) {
      weight.parameters().forEach(parameter -> values.put(parameter, floats(parameter)));
      Mask mask = weight.mask().orElseGet(() -> Mask.all(weight.size()));
      float[] own = shares(strengths.apply(weight));
      for (int i = 0; i < own.length; i++) {
        order[place] = entry(mask.keeps(i) ? own[i] : -1, place);
        place++;
      }
      without += mask.size() - mask.kept();
    }
    this.pruned = without;
    Arrays.sort(order);
  }

  /** Orders by score, then by place: the bits of floats from 0 on are in their order. */
  private static long entry(float score, int place) {
    return (long) Float.floatToIntBits(score) << 32 | place;
  }

  /**
   * Ranks the present weights of a network.
   *
   * @throws IllegalArgumentException when it has no layer with weights
   */
  public static WeightRanking of(Network network) {
    List<Weight> all = new ArrayList<>();
    List<Weight> sampled = new ArrayList<>();
    network.layers().stream()
        .filter(AffineLayer.class::isInstance)
        .map(AffineLayer.class::cast)
        .forEach(
            layer -> {
              all.add(layer.weight());
              layer.sampledPosteriors().findFirst().ifPresent(sampled::add);
            });
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "the network has no layer with weights, expected a convolution or a linear layer: there"
              + " is nothing to prune");
    }
    return sampled.isEmpty()
        ? new WeightRanking(all, WeightRanking::sizes)
        : new WeightRanking(sampled, WeightRanking::signalToNoise);
  }

  /** Returns the score of each weight of a layer. */
  private static float[] shares(float[] strengths) {
    long[] ascending = new long[strengths.length];
    for (int i = 0; i < ascending.length; i++) {
      ascending[i] = entry(strengths[i], i);
    }
    Arrays.sort(ascending);
    float[] shares = new float[strengths.length];
    double sum = 0;
    for (int i = ascending.length - 1; i >= 0; i--) {
      int place = (int) ascending[i];
      double square = (double) strengths[place] * strengths[place];
      sum += square;
      shares[place] = sum == 0 ? 0 : (float) (square / sum);
    }
    return shares;
  }

  /** Returns |w|, or |mu|, of each weight. */
  static float[] sizes(Weight weight) {
    float[] sizes = floats(weight.location());
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(sizes[i]);
    }
    return sizes;
  }

  /** Returns |mu| / sigma of each weight. */
  static float[] signalToNoise(Weight weight) {
    float[] ratios = sizes(weight);
    double[] sigmas = weight.posterior().map(Posterior::sigmas).orElseThrow();
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ratios[i] == 0 ? 0 : (float) (ratios[i] / sigmas[i]);
    }
    return ratios;
  }

  private static float[] floats(Parameter parameter) {
    float[] values = new float[parameter.size()];
    parameter.read(values);
    return values;
  }

  /** The number of weights that are ranked, those pruned already among them. */
  public int size() {
    return order.length;
  }

  /** The largest number of weights that can be kept: those not pruned yet. */
  public int most() {
    return order.length - pruned;
  }

  /** The number of weights that are kept at present. */
  public int kept() {
    return weights.stream()
        .mapToInt(weight -> weight.mask().map(Mask::kept).orElse(weight.size()))
        .sum();
  }

  /**
   * Keeps the {@code count} weights of the highest scores, with their values of the time of the
   * ranking, and prunes all others.
   *
   * @throws IllegalArgumentException when {@code count} is below 0 or above {@link #most}
   */
  public void keep(int count) {
    if (count < 0 || count > most()) {
      throw new IllegalArgumentException(
          "count is %s, expected at least 0 and at most %s, the weights that are not pruned"
              .formatted(count, most()));
    }
    BitSet kept = new BitSet(order.length);
    for (int i = order.length - count; i < order.length; i++) {
      kept.set((int) order[i]);
    }
    int first = 0;
    for (Weight weight : weights) {
      int size = weight.size();
      weight.prune(Mask.of(kept.get(first, first + size), size));
      weight.parameters().forEach(parameter -> parameter.write(values.get(parameter)));
      first += size;
    }
  }
}
