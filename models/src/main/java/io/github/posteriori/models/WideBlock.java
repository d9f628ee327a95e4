package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.Add;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.MaxPool;

/** The deterministic counterpart of {@link BayesWideBlock}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = Dim.FREE, width = Dim.FREE, activation = RELU)
public class WideBlock {
  @Conv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv1;

  @MaxPool(kernel = 2)
  Layer pool;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @Conv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv2;

  @BatchNorm Layer bn2;

  @Add({"bn2", "act1"})
  Layer sum;

  @Activate Layer act2;
}
