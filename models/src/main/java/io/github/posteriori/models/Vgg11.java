package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;
import io.github.posteriori.annotations.MaxPool;

/** The deterministic counterpart of {@link BayesVgg11}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = 32, width = 32, activation = RELU)
public class Vgg11 {
  @Conv(out = 64, kernel = 3, padding = 1)
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @Conv(out = 128, kernel = 3, padding = 1)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @Conv(out = 256, kernel = 3, padding = 1)
  Layer conv3;

  @Activate Layer act3;

  @Conv(out = 256, kernel = 3, padding = 1)
  Layer conv4;

  @Activate Layer act4;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool3;

  @Conv(out = 512, kernel = 3, padding = 1)
  Layer conv5;

  @Activate Layer act5;

  @Conv(out = 512, kernel = 3, padding = 1)
  Layer conv6;

  @Activate Layer act6;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool4;

  @Conv(out = 512, kernel = 3, padding = 1)
  Layer conv7;

  @Activate Layer act7;

  @Conv(out = 512, kernel = 3, padding = 1)
  Layer conv8;

  @Activate Layer act8;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool5;

  @Flatten Layer flatten;

  @Linear(out = Dim.FREE)
  Layer fc;
}
