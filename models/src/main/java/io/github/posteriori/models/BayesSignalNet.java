package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.MaxPool;

/**
 * A network of one-dimensional convolutions with Gaussian weights, for signals of 1,024 samples in
 * any number of channels, such as the twelve leads of an electrocardiogram. A signal is an image of
 * one row, {@code [channels, 1, 1024]}.
 */
@BayesModel(channels = Dim.FREE, height = 1, width = 1024)
public class BayesSignalNet {
  @BayesConv(
      out = 32,
      kernel = {1, 7},
      stride = {1, 2},
      padding = {0, 3})
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = {1, 2})
  Layer pool1;

  @BayesConv(
      out = 64,
      kernel = {1, 5},
      padding = {0, 2})
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = {1, 2})
  Layer pool2;

  @BayesConv(
      out = 128,
      kernel = {1, 3},
      padding = {0, 1})
  Layer conv3;

  @Activate Layer act3;

  @AvgPool(kernel = {1, 128})
  Layer pool3;

  @Flatten Layer flatten;

  @BayesLinear(out = Dim.FREE)
  Layer fc;
}
