package io.github.posteriori.layers;

import io.github.posteriori.Shape;
import java.util.List;

/**
 * Batch normalisation of each channel or feature.
 *
 * @param scale gamma, {@code [channels]}
 * @param shift beta, {@code [channels]}
 * @param runningMean {@code [channels]}, kept by training
 * @param runningVariance {@code [channels]}, kept by training, of the unbiased variance
 */
public record BatchNormLayer(
    int index,
    String name,
    Shape input,
    Parameter scale,
    Parameter shift,
    Parameter runningMean,
    Parameter runningVariance)
    implements StandardLayer {

  /** Share of a batch's statistics in the running ones. */
  public static final double MOMENTUM = 0.1;

  /** Added to the variance under the root. */
  public static final double EPSILON = 1e-5;

  /** A layer that leaves inputs of mean 0 and variance 1 as they are. */
  public static BatchNormLayer start(int index, String name, Shape input, Weights weights) {
    int channels = input instanceof Shape.Image image ? image.channels() : input.size();
    return new BatchNormLayer(
        index,
        name,
        input,
        weights.constant(name + ".weight", 1, channels),
        weights.constant(name + ".bias", 0, channels),
        weights.statistic(name + ".running_mean", 0, channels),
        weights.statistic(name + ".running_var", 1, channels));
  }

  @Override
  public Shape output() {
    return input;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift, runningMean, runningVariance);
  }

  @Override
  public String kind() {
    return "BatchNorm";
  }
}
