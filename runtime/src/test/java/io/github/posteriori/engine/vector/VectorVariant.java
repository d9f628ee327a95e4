package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.EngineProvider;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import java.util.Optional;

/** Offers the vector engine under a name of its own, with networks opened in another way. */
abstract class VectorVariant implements EngineProvider {
  private final String name;
  private final int rank;

  VectorVariant(String name, int rank) {
    this.name = name;
    this.rank = rank;
  }

  /** Opens a network. */
  abstract VectorRunner open(Network network);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int rank() {
    return rank;
  }

  @Override
  public final Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public final Engine engine() {
    VectorEngine whole = new VectorEngine();
    return new Engine() {
      @Override
      public String name() {
        return name;
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
        return VectorVariant.this.open(network);
      }
    };
  }
}
