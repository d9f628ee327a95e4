package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Block;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;

/** The deterministic counterpart of {@link BayesResNet20}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = 32, width = 32, activation = RELU)
public class ResNet20 {
  @Conv(out = 16, kernel = 3, padding = 1, bias = false)
  Layer conv1;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @Block(out = 16)
  ResidualBlock block1;

  @Block(out = 16)
  ResidualBlock block2;

  @Block(out = 16)
  ResidualBlock block3;

  @Block(out = 32)
  DownsamplingBlock block4;

  @Block(out = 32)
  ResidualBlock block5;

  @Block(out = 32)
  ResidualBlock block6;

  @Block(out = 64)
  DownsamplingBlock block7;

  @Block(out = 64)
  ResidualBlock block8;

  @Block(out = 64)
  ResidualBlock block9;

  @AvgPool(kernel = 8)
  Layer pool;

  @Flatten Layer flatten;

  @Linear(out = Dim.FREE)
  Layer fc;
}
