package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.Add;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.MaxPool;

/**
 * The block of {@link BayesWideNet}: a convolution whose largest of four outputs go on, and one
 * that adds to what these became.
 */
@BayesModel(channels = Dim.FREE, height = Dim.FREE, width = Dim.FREE)
public class BayesWideBlock {
  @BayesConv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv1;

  @MaxPool(kernel = 2)
  Layer pool;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @BayesConv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv2;

  @BatchNorm Layer bn2;

  @Add({"bn2", "act1"})
  Layer sum;

  @Activate Layer act2;
}
