package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;

/** The deterministic counterpart of {@link BayesSeparableNet}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = 32, width = 32, activation = RELU)
public class SeparableNet {
  @Conv(out = 32, kernel = 3, padding = 1, bias = false)
  Layer stem;

  @BatchNorm Layer stemBn;

  @Activate Layer stemAct;

  @Conv(out = 32, kernel = 3, padding = 1, groups = 32, bias = false)
  Layer depthwise1;

  @BatchNorm Layer depthwiseBn1;

  @Activate Layer depthwiseAct1;

  @Conv(out = 64, kernel = 1, bias = false)
  Layer pointwise1;

  @BatchNorm Layer pointwiseBn1;

  @Activate Layer pointwiseAct1;

  @Conv(out = 64, kernel = 3, stride = 2, padding = 1, groups = 64, bias = false)
  Layer depthwise2;

  @BatchNorm Layer depthwiseBn2;

  @Activate Layer depthwiseAct2;

  @Conv(out = 128, kernel = 1, bias = false)
  Layer pointwise2;

  @BatchNorm Layer pointwiseBn2;

  @Activate Layer pointwiseAct2;

  @Conv(out = 128, kernel = 3, padding = 1, groups = 128, bias = false)
  Layer depthwise3;

  @BatchNorm Layer depthwiseBn3;

  @Activate Layer depthwiseAct3;

  @Conv(out = 128, kernel = 1, bias = false)
  Layer pointwise3;

  @BatchNorm Layer pointwiseBn3;

  @Activate Layer pointwiseAct3;

  @Conv(out = 128, kernel = 3, stride = 2, padding = 1, groups = 128, bias = false)
  Layer depthwise4;

  @BatchNorm Layer depthwiseBn4;

  @Activate Layer depthwiseAct4;

  @Conv(out = 256, kernel = 1, bias = false)
  Layer pointwise4;

  @BatchNorm Layer pointwiseBn4;

  @Activate Layer pointwiseAct4;

  @Conv(out = 256, kernel = 3, padding = 1, groups = 256, bias = false)
  Layer depthwise5;

  @BatchNorm Layer depthwiseBn5;

  @Activate Layer depthwiseAct5;

  @Conv(out = 256, kernel = 1, bias = false)
  Layer pointwise5;

  @BatchNorm Layer pointwiseBn5;

  @Activate Layer pointwiseAct5;

  @AvgPool(kernel = 8)
  Layer pool;

  @Flatten Layer flatten;

  @Linear(out = Dim.FREE)
  Layer fc;
}
