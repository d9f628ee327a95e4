package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;

/**
 * A perceptron with Gaussian weights and two hidden layers of 1,200 units, for images of 28 x 28
 * pixels. Blundell et al. 2015, arXiv 1505.05424, section 5.1.
 */
@BayesModel(channels = Dim.FREE, height = 28, width = 28)
public class BayesMlp {
  @Flatten Layer flatten;

  @BayesLinear(out = 1200)
  Layer fc1;

  @Activate Layer act1;

  @BayesLinear(out = 1200)
  Layer fc2;

  @Activate Layer act2;

  @BayesLinear(out = Dim.FREE)
  Layer fc3;
}
