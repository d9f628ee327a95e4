package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;
import io.github.posteriori.annotations.MaxPool;

/** The deterministic counterpart of {@link BayesSignalNet}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = 1, width = 1024, activation = RELU)
public class SignalNet {
  @Conv(
      out = 32,
      kernel = {1, 7},
      stride = {1, 2},
      padding = {0, 3})
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = {1, 2})
  Layer pool1;

  @Conv(
      out = 64,
      kernel = {1, 5},
      padding = {0, 2})
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = {1, 2})
  Layer pool2;

  @Conv(
      out = 128,
      kernel = {1, 3},
      padding = {0, 1})
  Layer conv3;

  @Activate Layer act3;

  @AvgPool(kernel = {1, 128})
  Layer pool3;

  @Flatten Layer flatten;

  @Linear(out = Dim.FREE)
  Layer fc;
}
