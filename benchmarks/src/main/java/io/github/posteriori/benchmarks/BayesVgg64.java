package io.github.posteriori.benchmarks;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.MaxPool;

/** A VGG network of three stages with Gaussian weights, for images of 64 x 64 pixels. */
@BayesModel(channels = 3, height = 64, width = 64)
public class BayesVgg64 {
  @BayesConv(out = 32, kernel = 3, padding = 1)
  Layer conv1;

  @Activate Layer act1;

  @BayesConv(out = 32, kernel = 3, padding = 1)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @BayesConv(out = 64, kernel = 3, padding = 1)
  Layer conv3;

  @Activate Layer act3;

  @BayesConv(out = 64, kernel = 3, padding = 1)
  Layer conv4;

  @Activate Layer act4;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @BayesConv(out = 128, kernel = 3, padding = 1)
  Layer conv5;

  @Activate Layer act5;

  @BayesConv(out = 128, kernel = 3, padding = 1)
  Layer conv6;

  @Activate Layer act6;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool3;

  @Flatten Layer flatten;

  @BayesLinear(out = 10)
  Layer fc;
}
