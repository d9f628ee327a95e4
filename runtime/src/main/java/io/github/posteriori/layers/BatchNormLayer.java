package io.github.posteriori.layers;

import java.util.List;

/**
 * Batch normalisation of each channel or feature.
 *
 * @param scale gamma, {@code [channels]}
 * @param shift beta, {@code [channels]}
 * @param runningMean {@code [channels]}, updated by training
 * @param runningVariance {@code [channels]}, updated by training with the unbiased variance
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

  /** The share of a batch's statistics in the running ones. */
  public static final double MOMENTUM = 0.1;

  /** The number added to the variance under the root. */
  public static final double EPSILON = 1e-5;

  @Override
  public Shape output() {
    return input;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift, runningMean, runningVariance);
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.batchNorm(this);
  }

  @Override
  public String kind() {
    return "BatchNorm";
  }
}
