package io.github.posteriori.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.posteriori.BayesModule;
import io.github.posteriori.LastLayerLaplace;
import io.github.posteriori.Predictor;
import io.github.posteriori.data.Dataset;
import java.util.Locale;

/** The methods by which a run gets its uncertainty, as the command line knows them by name. */
public enum MethodChoice {
  /** Variational inference: samples of the posterior that training fits. */
  VI {
    @Override
    void apply(BayesModule trained, Dataset train) {}
  },

  /** A deep ensemble, whose members {@link EnsembleRun} trains. */
  ENSEMBLE {
    @Override
    void apply(BayesModule trained, Dataset train) {}
  },

  /** Dropout that stays on at prediction. */
  MC_DROPOUT {
    @Override
    void requireFits(BayesModule module) {
      apply(module, null);
      module.predictor(Predictor.posterior());
    }

    @Override
    void apply(BayesModule trained, Dataset train) {
      trained.predictor(Predictor.mcDropout());
    }
  },

  /** Laplace's approximation of the last layer. */
  LAPLACE {
    @Override
    void requireFits(BayesModule module) {
      LastLayerLaplace.requireSuited(module);
    }

    @Override
    void apply(BayesModule trained, Dataset train) {
      trained.predictor(LastLayerLaplace.fit(trained, train));
    }
  };

  /**
   * Refuses a network that cannot be predicted with in this way, before it is trained.
   *
   * @throws IllegalArgumentException when it cannot
   */
  void requireFits(BayesModule module) {}

  /**
   * Makes a trained network predict in this way.
   *
   * @param train images that it was trained on
   */
  abstract void apply(BayesModule trained, Dataset train);

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
