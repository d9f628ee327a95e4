package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Block;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;

/**
 * A shallow, wide network with Gaussian weights that learns images of 32 x 32 pixels in few epochs:
 * seven convolutions in all, in three blocks of 64, 256 and 256 channels. The widths are those of
 * Jordan 2024, arXiv 2404.00498, section 3, whose first layer is fixed and whose blocks start near
 * the identity; here all weights are learned, and each block adds to its pooled features instead.
 */
@BayesModel(channels = Dim.FREE, height = 32, width = 32)
public class BayesWideNet {
  @BayesConv(out = 32, kernel = 3, padding = 1, bias = false)
  Layer stem;

  @BatchNorm Layer stemBn;

  @Activate Layer stemAct;

  @Block(out = 64)
  BayesWideBlock block1;

  @Block(out = 256)
  BayesWideBlock block2;

  @Block(out = 256)
  BayesWideBlock block3;

  @AvgPool(kernel = 4)
  Layer pool;

  @Flatten Layer flatten;

  @BayesLinear(out = Dim.FREE)
  Layer fc;
}
