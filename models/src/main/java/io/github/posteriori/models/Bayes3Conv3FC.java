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
 * Three convolutions and three linear layers with Gaussian weights; Shridhar et al. 2019, arXiv
 * 1901.02731.
 */
@BayesModel(channels = Dim.FREE, height = 32, width = 32)
public class Bayes3Conv3FC {
  @BayesConv(out = 32, kernel = 5, padding = 2)
  Layer conv1;

  @Activate Layer act1;

  @SuppressWarnings("posteriori") // the published network leaves out a row and a column here
  @MaxPool(kernel = 3, stride = 2)
  Layer pool1;

  @BayesConv(out = 64, kernel = 5, padding = 2)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 3, stride = 2)
  Layer pool2;

  @BayesConv(out = 128, kernel = 5, padding = 1)
  Layer conv3;

  @Activate Layer act3;

  @MaxPool(kernel = 3, stride = 2)
  Layer pool3;

  @Flatten Layer flatten;

  @BayesLinear(out = 1000)
  Layer fc1;

  @Activate Layer act4;

  @BayesLinear(out = 1000)
  Layer fc2;

  @Activate Layer act5;

  @BayesLinear(out = Dim.FREE)
  Layer fc3;
}
