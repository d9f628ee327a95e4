package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.Add;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;

/**
 * The block of a residual network that halves height and width; its shortcut is a convolution with
 * kernel 1. He et al. 2015, arXiv 1512.03385, section 3.3, option B.
 */
@BayesModel(channels = Dim.FREE, height = Dim.FREE, width = Dim.FREE)
public class BayesDownsamplingBlock {
  @BayesConv(out = Dim.FREE, kernel = 3, stride = 2, padding = 1, bias = false)
  Layer conv1;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @BayesConv(out = Dim.FREE, kernel = 3, padding = 1, bias = false)
  Layer conv2;

  @BatchNorm Layer bn2;

  @SuppressWarnings("posteriori") // the paper's shortcut reads every second pixel
  @BayesConv(from = BayesModel.INPUT, out = Dim.FREE, kernel = 1, stride = 2, bias = false)
  Layer shortcut;

  @BatchNorm Layer shortcutBn;

  @Add({"bn2", "shortcutBn"})
  Layer sum;

  @Activate Layer act2;
}
