package io.github.posteriori.pruning;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The filters (output channels, or units) that each layer of a chain keeps, and what is left of its
 * numbers: a layer loses the filters that are removed, and of the others the weights that took the
 * filters removed before it.
 *
 * <p>In each layer but the last, the same share is kept: the filters with the largest sum of their
 * weights' scores, which {@link WeightRanking} explains. By size that is the ranking of Li et al.
 * 2017, "Pruning filters for efficient ConvNets", arXiv 1608.08710.
 */
public final class FilterSelection implements LayerCases<int[]> {
  private final double keep;
  private final NetworkLayer last;
  private final boolean samples;
  private final Map<String, Integer> outputs = new LinkedHashMap<>();
  private final Map<String, float[]> values = new LinkedHashMap<>();

  /** Which channels or features are left of what the next layer takes. */
  private int[] left;

  private FilterSelection(Network network, double keep) {
    List<AffineLayer> affine =
        network.layers().stream()
            .filter(AffineLayer.class::isInstance)
            .map(AffineLayer.class::cast)
            .toList();
    this.keep = keep;
    this.last = affine.isEmpty() ? null : affine.get(affine.size() - 1);
    this.samples = !network.sampledPosteriors().isEmpty();
    this.left = all(channels(network.input()));
    requireChain(network);
    for (NetworkLayer layer : network.layers()) {
      left = layer.match(this);
    }
  }

  /**
   * Selects filters of a network by its present weights.
   *
   * @param keep share of the filters of each layer, above 0 and at most 1; one is always kept
   * @throws IllegalArgumentException when the network is no chain of layers that can lose channels
   */
  public static FilterSelection of(Network network, double keep) {
    return new FilterSelection(network, keep);
  }

  /** Returns how many filters a convolution or a linear layer keeps. */
  public int outputs(AffineLayer layer) {
    return outputs.get(layer.name());
  }

  /** Returns the numbers that are left of a parameter, row-major. */
  public float[] values(Parameter parameter) {
    return values.get(parameter.name());
  }

  private static void requireChain(Network network) {
    int before = Stage.INPUT;
    for (Stage stage : network.stages()) {
      if (!stage.inputs().equals(List.of(before))) {
        throw refused(stage.first(), "does not take what the layer before it gives");
      }
      before = stage.index();
    }
    for (NetworkLayer layer : network.layers()) {
      if (layer.name().contains(".")) {
        throw refused(layer, "belongs to a block");
      }
    }
  }

  private static IllegalArgumentException refused(NetworkLayer layer, String why) {
    return new IllegalArgumentException(
        "%s %s, expected a chain of layers of which each can lose channels by itself: prune weights,"
                .formatted(layer.name(), why)
            + " not filters");
  }

  private static int channels(Shape shape) {
    return shape instanceof Shape.Image image ? image.channels() : shape.size();
  }

  private static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Override
  public int[] conv(ConvLayer layer) {
    if (layer.filters().groups() > 1) {
      throw refused(layer, "has groups of channels");
    }
    return affine(layer, layer.filters().out(), taps(layer.filters().window()));
  }

  @Override
  public int[] convTranspose(ConvTransposeLayer layer) {
    throw refused(layer, "is a transposed convolution");
  }

  @Override
  public int[] linear(LinearLayer layer) {
    return affine(layer, layer.output().count(), 1);
  }

  private static int taps(Window window) {
    return window.rows() * window.columns();
  }

  /** Weights are {@code [filters, inputs, taps]}. */
  private int[] affine(AffineLayer layer, int filters, int taps) {
    if (layer.weight().mask().isPresent()) {
      throw refused(layer, "has pruned weights");
    }
    int inputs = layer.weight().size() / (filters * taps);
    int[] kept = layer == last ? all(filters) : best(layer, filters);
    outputs.put(layer.name(), kept.length);
    for (Parameter parameter : layer.weight().parameters()) {
      float[] from = floats(parameter);
      float[] to = new float[kept.length * left.length * taps];
      int at = 0;
      for (int filter : kept) {
        for (int input : left) {
          System.arraycopy(from, (filter * inputs + input) * taps, to, at, taps);
          at += taps;
        }
      }
      values.put(parameter.name(), to);
    }
    layer.bias().ifPresent(bias -> bias.parameters().forEach(own -> select(own, kept)));
    return kept;
  }

  /** The filters of the highest scores, in their order. */
  private int[] best(AffineLayer layer, int filters) {
    Weight weight = layer.weight();
    boolean sampled = samples && layer.sampledPosteriors().findAny().isPresent();
    float[] scores = sampled ? WeightRanking.signalToNoise(weight) : WeightRanking.sizes(weight);
    int size = scores.length / filters;
    double[] sums = new double[filters];
    for (int i = 0; i < scores.length; i++) {
      sums[i / size] += scores[i];
    }
    return IntStream.range(0, filters)
        .boxed()
        .sorted(Comparator.comparing((Integer filter) -> -sums[filter]))
        .limit(Math.max(1, Math.round(keep * filters)))
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private void select(Parameter parameter, int[] kept) {
    float[] from = floats(parameter);
    float[] to = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      to[i] = from[kept[i]];
    }
    values.put(parameter.name(), to);
  }

  private static float[] floats(Parameter parameter) {
    float[] values = new float[parameter.size()];
    parameter.read(values);
    return values;
  }

  @Override
  public int[] batchNorm(BatchNormLayer layer) {
    layer.parameters().forEach(parameter -> select(parameter, left));
    return left;
  }

  @Override
  public int[] flatten(FlattenLayer layer) {
    int pixels = layer.input().size() / channels(layer.input());
    return Arrays.stream(left)
        .flatMap(channel -> IntStream.range(channel * pixels, (channel + 1) * pixels))
        .toArray();
  }

  @Override
  public int[] activation(ActivationLayer layer) {
    return left;
  }

  @Override
  public int[] pool(PoolLayer layer) {
    return left;
  }

  @Override
  public int[] globalAvgPool(GlobalAvgPoolLayer layer) {
    return left;
  }

  @Override
  public int[] upsample(UpsampleLayer layer) {
    return left;
  }

  @Override
  public int[] dropout(DropoutLayer layer) {
    return left;
  }

  @Override
  public int[] layerNorm(LayerNormLayer layer) {
    throw refused(layer, "normalises over all channels");
  }

  @Override
  public int[] groupNorm(GroupNormLayer layer) {
    throw refused(layer, "normalises groups of channels");
  }

  @Override
  public int[] add(AddLayer layer) {
    throw refused(layer, "adds channels of several layers");
  }

  @Override
  public int[] concat(ConcatLayer layer) {
    throw refused(layer, "joins channels of several layers");
  }

  @Override
  public int[] custom(CustomLayer layer) {
    throw refused(layer, "is a custom layer");
  }
}
