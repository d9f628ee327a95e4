package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.EngineProvider;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.Optional;

/** Offers the vector engine with narrow blocks for all networks, however small their images. */
public final class NarrowBlocksProvider implements EngineProvider {
  static final String NAME = "vector-narrow";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return -20;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Engine engine() {
    VectorEngine whole = new VectorEngine();
    return new Engine() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public String machine() {
        return whole.machine();
      }

      @Override
      public void useThreads(int threads) {
        whole.useThreads(threads);
      }

      @Override
      public NetworkRunner open(Network network) {
        return new VectorRunner(network, Lanes.LENGTH, LayerPlan::of);
      }
    };
  }
}
