package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Block;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;

/** The deterministic counterpart of {@link BayesWideNet}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = 32, width = 32, activation = RELU)
public class WideNet {
  @Conv(out = 32, kernel = 3, padding = 1, bias = false)
  Layer stem;

  @BatchNorm Layer stemBn;

  @Activate Layer stemAct;

  @Block(out = 64)
  WideBlock block1;

  @Block(out = 256)
  WideBlock block2;

  @Block(out = 256)
  WideBlock block3;

  @AvgPool(kernel = 4)
  Layer pool;

  @Flatten Layer flatten;

  @Linear(out = Dim.FREE)
  Layer fc;
}
