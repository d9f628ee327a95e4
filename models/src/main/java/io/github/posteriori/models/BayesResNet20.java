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
 * The residual network of 20 layers for CIFAR with Gaussian weights: three blocks each of 16, 32
 * and 64 channels. He et al. 2015, arXiv 1512.03385, section 4.2, with n = 3. Where a block halves
 * height and width, its shortcut is the paper's option B, a convolution with kernel 1, in place of
 * the option A of that section, which pads with channels of zeros; that is 2,752 weights more.
 */
@BayesModel(channels = Dim.FREE, height = 32, width = 32)
public class BayesResNet20 {
  @BayesConv(out = 16, kernel = 3, padding = 1, bias = false)
  Layer conv1;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @Block(out = 16)
  BayesResidualBlock block1;

  @Block(out = 16)
  BayesResidualBlock block2;

  @Block(out = 16)
  BayesResidualBlock block3;

  @Block(out = 32)
  BayesDownsamplingBlock block4;

  @Block(out = 32)
  BayesResidualBlock block5;

  @Block(out = 32)
  BayesResidualBlock block6;

  @Block(out = 64)
  BayesDownsamplingBlock block7;

  @Block(out = 64)
  BayesResidualBlock block8;

  @Block(out = 64)
  BayesResidualBlock block9;

  @AvgPool(kernel = 8)
  Layer pool;

  @Flatten Layer flatten;

  @BayesLinear(out = Dim.FREE)
  Layer fc;
}
