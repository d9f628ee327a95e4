package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.Add;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;

/**
 * The block of a residual network that keeps channels and size: two convolutions whose output is
 * added to their input. He et al. 2015, arXiv 1512.03385, figure 2.
 */
@BayesModel(channels = Dim.FREE, height = Dim.FREE, width = Dim.FREE)
public class BayesResidualBlock {
  @BayesConv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv1;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @BayesConv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv2;

  @BatchNorm Layer bn2;

  @Add({"bn2", BayesModel.INPUT})
  Layer sum;

  @Activate Layer act2;
}
