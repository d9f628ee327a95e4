package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.SOFTPLUS;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;
import io.github.posteriori.annotations.MaxPool;

/** The deterministic counterpart of {@link Bayes3Conv3FC}, with softplus. */
@BayesModel(channels = Dim.FREE, height = 32, width = 32, activation = SOFTPLUS)
public class ThreeConvThreeFC {
  @Conv(out = 32, kernel = 5, padding = 2)
  Layer conv1;

  @Activate Layer act1;

  @SuppressWarnings("posteriori") // the published network leaves out a row and a column here
  @MaxPool(kernel = 3, stride = 2)
  Layer pool1;

  @Conv(out = 64, kernel = 5, padding = 2)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 3, stride = 2)
  Layer pool2;

  @Conv(out = 128, kernel = 5, padding = 1)
  Layer conv3;

  @Activate Layer act3;

  @MaxPool(kernel = 3, stride = 2)
  Layer pool3;

  @Flatten Layer flatten;

  @Linear(out = 1000)
  Layer fc1;

  @Activate Layer act4;

  @Linear(out = 1000)
  Layer fc2;

  @Activate Layer act5;

  @Linear(out = Dim.FREE)
  Layer fc3;
}
