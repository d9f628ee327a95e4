package io.github.posteriori.benchmarks;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;
import io.github.posteriori.annotations.MaxPool;

/** The deterministic counterpart of {@link BayesVgg64}, with ReLU. */
@BayesModel(channels = 3, height = 64, width = 64, activation = RELU)
public class Vgg64 {
  @Conv(out = 32, kernel = 3, padding = 1)
  Layer conv1;

  @Activate Layer act1;

  @Conv(out = 32, kernel = 3, padding = 1)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @Conv(out = 64, kernel = 3, padding = 1)
  Layer conv3;

  @Activate Layer act3;

  @Conv(out = 64, kernel = 3, padding = 1)
  Layer conv4;

  @Activate Layer act4;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @Conv(out = 128, kernel = 3, padding = 1)
  Layer conv5;

  @Activate Layer act5;

  @Conv(out = 128, kernel = 3, padding = 1)
  Layer conv6;

  @Activate Layer act6;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool3;

  @Flatten Layer flatten;

  @Linear(out = 10)
  Layer fc;
}
