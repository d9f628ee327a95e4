package io.github.posteriori.networks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.names.Names;
import java.util.Locale;

/** Kind of a network's weights. */
public enum Kind {
  /** Weights are distributions. */
  BAYESIAN,
  /** Weights are numbers. */
  FREQUENTIST;

  /** The kind of that name. */
  public static Kind named(String name) {
    return Names.find("kind", name, values());
  }

  /** Tells which kind a module is of: one layer with a posterior makes it Bayesian. */
  public static Kind of(BayesModule module) {
    boolean bayesian =
        module.network().layers().stream()
            .anyMatch(
                layer ->
                    layer instanceof AffineLayer affine && affine.weight().posterior().isPresent());
    return bayesian ? BAYESIAN : FREQUENTIST;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
