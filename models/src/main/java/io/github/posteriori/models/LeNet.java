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

/** The deterministic counterpart of {@link BayesLeNet}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = 32, width = 32, activation = RELU)
public class LeNet {
  @Conv(out = 6, kernel = 5)
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @Conv(out = 16, kernel = 5)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @Flatten Layer flatten;

  @Linear(out = 120)
  Layer fc1;

  @Activate Layer act3;

  @Linear(out = 84)
  Layer fc2;

  @Activate Layer act4;

  @Linear(out = Dim.FREE)
  Layer fc3;
}
