package io.github.posteriori;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.train.Divergence;
import java.util.List;

/**
 * Refuses to predict with weights that are not finite: a max-pool of ND4J drops NaN, so that the
 * logits need not show it. Looks at the weights once a change.
 */
final class FiniteWeights {
  private final Network network;
  private final List<Parameter> parameters;

  /** The sum of the versions of all parameters when they were seen to be finite. */
  private volatile long seen = -1;

  FiniteWeights(Network network) {
    this.network = network;
    this.parameters = network.parameters();
  }

  /**
   * Checks all parameters.
   *
   * @throws IllegalStateException when a number is NaN or infinite; it names the parameter
   */
  void require() {
    long version = 0;
    for (Parameter parameter : parameters) {
      version += parameter.version();
    }
    if (version == seen) {
      return;
    }
    Divergence.ofWeights(network)
        .ifPresent(
            found -> {
              throw new IllegalStateException(
                  found.found()
                      + ", expected finite numbers: load or train others, for these predict"
                      + " nothing");
            });
    seen = version;
  }
}
