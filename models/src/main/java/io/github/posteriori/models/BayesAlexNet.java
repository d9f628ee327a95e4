package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.MaxPool;

/**
 * AlexNet with Gaussian weights, for images of 32 x 32 pixels; Krizhevsky et al. 2012, in the
 * variant of PyTorch-BayesianCNN.
 */
@BayesModel(channels = Dim.FREE, height = 32, width = 32)
public class BayesAlexNet {
  @BayesConv(out = 64, kernel = 11, stride = 4, padding = 5)
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @BayesConv(out = 192, kernel = 5, padding = 2)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @BayesConv(out = 384, kernel = 3, padding = 1)
  Layer conv3;

  @Activate Layer act3;

  @BayesConv(out = 256, kernel = 3, padding = 1)
  Layer conv4;

  @Activate Layer act4;

  @BayesConv(out = 128, kernel = 3, padding = 1)
  Layer conv5;

  @Activate Layer act5;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool3;

  @Flatten Layer flatten;

  @BayesLinear(out = Dim.FREE)
  Layer classifier;
}
