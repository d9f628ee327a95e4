package io.github.posteriori.engine.toy;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Engines;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;

/** An engine of plain loops around the layers of another. */
final class ToyEngine implements Engine {
  private final Engine layers = Engines.named("nd4j");

  @Override
  public String name() {
    return ToyEngineProvider.NAME;
  }

  @Override
  public String machine() {
    return "plain loops";
  }

  @Override
  public void useThreads(int threads) {
    layers.useThreads(threads);
  }

  @Override
  public NetworkRunner open(Network network) {
    return new ToyRunner(network, layers.open(network));
  }
}
