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
 * A residual network for CIFAR with Gaussian weights: one block each of 16, 32 and 64 channels,
 * with 8 layers of weights on the longest path. He et al. 2015, arXiv 1512.03385, section 4.2, with
 * n = 1.
 */
@BayesModel(channels = Dim.FREE, height = 32, width = 32)
public class BayesResNet {
  @BayesConv(out = 16, kernel = 3, padding = 1, bias = false)
  Layer conv1;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @Block(out = 16)
  BayesResidualBlock block1;

  @Block(out = 32)
  BayesDownsamplingBlock block2;

  @Block(out = 64)
  BayesDownsamplingBlock block3;

  @AvgPool(kernel = 8)
  Layer pool;

  @Flatten Layer flatten;

  @BayesLinear(out = Dim.FREE)
  Layer fc;
}
