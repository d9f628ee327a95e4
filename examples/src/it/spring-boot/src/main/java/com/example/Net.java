package com.example;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.*;
import io.github.posteriori.annotations.*;
import lombok.Getter;

@Getter
@BayesModel(channels = 1, height = 32, width = 32)
class Net {
  @BayesConv(out = 16, kernel = 5, stride = 2)
  Layer conv;

  @Activate(RELU)
  Layer relu;

  @Flatten Layer flatten;

  @BayesLinear(out = 10)
  Layer fc;
}
