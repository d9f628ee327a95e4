package io.github.posteriori.cli.fuzz;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Flatten;

/** So small that thousands of its checkpoints load in a second. */
@BayesModel(channels = 1, height = 4, width = 4)
class TinyNet {
  @BayesConv(out = 2, kernel = 3)
  Layer conv;

  @Activate Layer act;

  @Flatten Layer flatten;

  @BayesLinear(out = Dim.FREE)
  Layer fc;
}
