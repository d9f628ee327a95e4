package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Dropout;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;
import io.github.posteriori.annotations.MaxPool;

/**
 * The deterministic counterpart of {@link BayesAlexNet}, with ReLU, dropout and twice the channels
 * at the end.
 */
@BayesModel(channels = Dim.FREE, height = 32, width = 32, activation = RELU)
public class AlexNet {
  @Conv(out = 64, kernel = 11, stride = 4, padding = 5)
  Layer conv1;

  @Activate Layer act1;

  @SuppressWarnings("posteriori") // before the pool, where PyTorch-BayesianCNN has it
  @Dropout(0.5)
  Layer drop1;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @Conv(out = 192, kernel = 5, padding = 2)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @Conv(out = 384, kernel = 3, padding = 1)
  Layer conv3;

  @Activate Layer act3;

  @Dropout(0.5)
  Layer drop2;

  @Conv(out = 256, kernel = 3, padding = 1)
  Layer conv4;

  @Activate Layer act4;

  @Conv(out = 256, kernel = 3, padding = 1)
  Layer conv5;

  @Activate Layer act5;

  @SuppressWarnings("posteriori")
  @Dropout(0.5)
  Layer drop3;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool3;

  @Flatten Layer flatten;

  @Linear(out = Dim.FREE)
  Layer classifier;
}
