package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.Add;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;

/** The deterministic counterpart of {@link BayesDownsamplingBlock}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = Dim.FREE, width = Dim.FREE, activation = RELU)
public class DownsamplingBlock {
  @Conv(out = Dim.FREE, kernel = 3, stride = 2, padding = 1, bias = false)
  Layer conv1;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @Conv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv2;

  @BatchNorm Layer bn2;

  @SuppressWarnings("posteriori") // the paper's shortcut reads every second pixel
  @Conv(from = BayesModel.INPUT, out = Dim.FREE, kernel = 1, stride = 2, bias = false)
  Layer shortcut;

  @BatchNorm Layer shortcutBn;

  @Add({"bn2", "shortcutBn"})
  Layer sum;

  @Activate Layer act2;
}
