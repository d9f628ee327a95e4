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
 * A VGG network of 11 layers with Gaussian weights, for images of 32 x 32 pixels. Simonyan and
 * Zisserman 2014, arXiv 1409.1556, configuration A, without batch normalisation, as in the paper.
 * Five pools leave one pixel, so that one linear layer takes the place of the paper's three.
 */
@BayesModel(channels = Dim.FREE, height = 32, width = 32)
public class BayesVgg11 {
  @BayesConv(out = 64, kernel = 3, padding = 1)
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @BayesConv(out = 128, kernel = 3, padding = 1)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @BayesConv(out = 256, kernel = 3, padding = 1)
  Layer conv3;

  @Activate Layer act3;

  @BayesConv(out = 256, kernel = 3, padding = 1)
  Layer conv4;

  @Activate Layer act4;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool3;

  @BayesConv(out = 512, kernel = 3, padding = 1)
  Layer conv5;

  @Activate Layer act5;

  @BayesConv(out = 512, kernel = 3, padding = 1)
  Layer conv6;

  @Activate Layer act6;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool4;

  @BayesConv(out = 512, kernel = 3, padding = 1)
  Layer conv7;

  @Activate Layer act7;

  @BayesConv(out = 512, kernel = 3, padding = 1)
  Layer conv8;

  @Activate Layer act8;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool5;

  @Flatten Layer flatten;

  @BayesLinear(out = Dim.FREE)
  Layer fc;
}
