package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.function.IntConsumer;

/**
 * The fast engine, on the Java Vector API: images lie in the lanes of the vector registers, and
 * each core takes blocks of them through the network.
 *
 * <p>Up to four images run one by one in evaluation mode, with output channels in the lanes. They
 * get the same noise as in a larger batch, and the same logits within rounding.
 */
final class VectorEngine implements Engine {
  static {
    KernelCompilation.begin();
  }

  @Override
  public String name() {
    return VectorEngineProvider.NAME;
  }

  @Override
  public String machine() {
    return "registers of " + Lanes.FLOATS.vectorBitSize() + " bits";
  }

  @Override
  public void useThreads(int threads) {
    SharedWorkers.useThreads(threads);
  }

  @Override
  public void share(int tasks, IntConsumer task) {
    SharedWorkers.share(tasks, task);
  }

  @Override
  public NetworkRunner open(Network network) {
    return new VectorRunner(network);
  }
}
