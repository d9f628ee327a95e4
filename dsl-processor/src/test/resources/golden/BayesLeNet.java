package io.github.posteriori.golden;

import static io.github.posteriori.annotations.Dim.FREE;
import io.github.posteriori.Layer;
import io.github.posteriori.annotations.*;

@BayesModel(channels = FREE, height = 32, width = 32)
public class BayesLeNet {
  @BayesConv(out = 6, kernel = 5) Layer conv1;
  @Activate Layer act1;
  @MaxPool(kernel = 2) Layer pool1;
  @BayesConv(out = 16, kernel = 5) Layer conv2;
  @Activate Layer act2;
  @MaxPool(kernel = 2) Layer pool2;
  @Flatten Layer flatten;
  @BayesLinear(out = 120) Layer fc1;
  @Activate Layer act3;
  @BayesLinear(out = 84) Layer fc2;
  @Activate Layer act4;
  @BayesLinear(out = FREE) Layer fc3;
}
