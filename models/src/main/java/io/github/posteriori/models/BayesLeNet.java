package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.MaxPool;

/** LeNet with Gaussian weights; LeCun et al. 1998, in the variant of PyTorch-BayesianCNN. */
@BayesModel(channels = Dim.FREE, height = 32, width = 32)
public class BayesLeNet {
  @BayesConv(out = 6, kernel = 5)
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @BayesConv(out = 16, kernel = 5)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @Flatten Layer flatten;

  @BayesLinear(out = 120)
  Layer fc1;

  @Activate Layer act3;

  @BayesLinear(out = 84)
  Layer fc2;

  @Activate Layer act4;

  @BayesLinear(out = Dim.FREE)
  Layer fc3;
}
