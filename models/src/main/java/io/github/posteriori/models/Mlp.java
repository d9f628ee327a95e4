package io.github.posteriori.models;

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;

/** The deterministic counterpart of {@link BayesMlp}, with ReLU. */
@BayesModel(channels = Dim.FREE, height = 28, width = 28, activation = RELU)
public class Mlp {
  @Flatten Layer flatten;

  @Linear(out = 1200)
  Layer fc1;

  @Activate Layer act1;

  @Linear(out = 1200)
  Layer fc2;

  @Activate Layer act2;

  @Linear(out = Dim.FREE)
  Layer fc3;
}
