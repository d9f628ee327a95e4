package io.github.posteriori.golden;

import static io.github.posteriori.annotations.Activation.SOFTPLUS;
import static io.github.posteriori.annotations.Activation.TANH;
import static io.github.posteriori.annotations.Dim.FREE;
import static io.github.posteriori.annotations.Estimator.BBB;
import static io.github.posteriori.annotations.Estimator.POINT;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.*;

/** Every layer, every element, and what can be left open. */
class Showcase {
  @BayesModel(
      channels = 4,
      height = FREE,
      width = 32,
      estimator = BBB,
      activation = SOFTPLUS,
      prior = @Prior(sigma = 0.2))
  public static class Net {
    @BatchNorm
    Layer norm;

    @BayesConv(
        out = 8,
        kernel = {5, 3},
        stride = {2, 1},
        padding = {2, 1},
        dilation = {1, 2},
        groups = 2,
        bias = false,
        in = 4,
        estimator = POINT,
        prior = @Prior(mu = 0.5, muStd = 0.1, rhoMean = -3))
    Layer conv;

    @Activate Layer active;

    @AvgPool(kernel = 3, stride = 2, padding = 1)
    Layer mean;

    @Conv(out = FREE, kernel = 3)
    Layer point;

    @Activate(TANH)
    Layer tanh;

    @MaxPool(kernel = 2)
    Layer max;

    @Dropout(0.25)
    Layer drop;

    @Flatten(features = 960)
    Layer flatten;

    @Linear(out = 20, in = 960, bias = false)
    Layer hidden;

    @BayesLinear(out = 10, prior = @Prior(sigma = 1))
    Layer classes;
  }
}
