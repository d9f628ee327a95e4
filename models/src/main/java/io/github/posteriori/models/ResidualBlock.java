package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.Add;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;

/** The deterministic counterpart of {@link BayesResidualBlock}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = Dim.FREE, width = Dim.FREE, activation = RELU)
public class ResidualBlock {
  @Conv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv1;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @Conv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv2;

  @BatchNorm Layer bn2;

  @Add({"bn2", BayesModel.INPUT})
  Layer sum;

  @Activate Layer act2;
}
