package io.github.posteriori.models;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;

/**
 * A network of depthwise-separable convolutions with Gaussian weights, for images of 32 x 32
 * pixels: after one full convolution, five times a convolution of each channel by itself and one of
 * kernel 1 across the channels. Howard et al. 2017, arXiv 1704.04861, section 3; each convolution
 * is followed by batch normalisation and activation, as there. The network is smaller than theirs,
 * as the images are.
 */
@BayesModel(channels = Dim.FREE, height = 32, width = 32)
public class BayesSeparableNet {
  @BayesConv(out = 32, kernel = 3, padding = 1, bias = false)
  Layer stem;

  @BatchNorm Layer stemBn;

  @Activate Layer stemAct;

  @BayesConv(out = 32, kernel = 3, padding = 1, groups = 32, bias = false)
  Layer depthwise1;

  @BatchNorm Layer depthwiseBn1;

  @Activate Layer depthwiseAct1;

  @BayesConv(out = 64, kernel = 1, bias = false)
  Layer pointwise1;

  @BatchNorm Layer pointwiseBn1;

  @Activate Layer pointwiseAct1;

  @BayesConv(out = 64, kernel = 3, stride = 2, padding = 1, groups = 64, bias = false)
  Layer depthwise2;

  @BatchNorm Layer depthwiseBn2;

  @Activate Layer depthwiseAct2;

  @BayesConv(out = 128, kernel = 1, bias = false)
  Layer pointwise2;

  @BatchNorm Layer pointwiseBn2;

  @Activate Layer pointwiseAct2;

  @BayesConv(out = 128, kernel = 3, padding = 1, groups = 128, bias = false)
  Layer depthwise3;

  @BatchNorm Layer depthwiseBn3;

  @Activate Layer depthwiseAct3;

  @BayesConv(out = 128, kernel = 1, bias = false)
  Layer pointwise3;

  @BatchNorm Layer pointwiseBn3;

  @Activate Layer pointwiseAct3;

  @BayesConv(out = 128, kernel = 3, stride = 2, padding = 1, groups = 128, bias = false)
  Layer depthwise4;

  @BatchNorm Layer depthwiseBn4;

  @Activate Layer depthwiseAct4;

  @BayesConv(out = 256, kernel = 1, bias = false)
  Layer pointwise4;

  @BatchNorm Layer pointwiseBn4;

  @Activate Layer pointwiseAct4;

  @BayesConv(out = 256, kernel = 3, padding = 1, groups = 256, bias = false)
  Layer depthwise5;

  @BatchNorm Layer depthwiseBn5;

  @Activate Layer depthwiseAct5;

  @BayesConv(out = 256, kernel = 1, bias = false)
  Layer pointwise5;

  @BatchNorm Layer pointwiseBn5;

  @Activate Layer pointwiseAct5;

  @AvgPool(kernel = 8)
  Layer pool;

  @Flatten Layer flatten;

  @BayesLinear(out = Dim.FREE)
  Layer fc;
}
