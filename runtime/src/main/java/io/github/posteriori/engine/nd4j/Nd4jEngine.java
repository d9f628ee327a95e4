package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The portable engine: plain ND4J ops on whole batches. It defines what each layer computes. */
final class Nd4jEngine implements Engine {
  static final String NAME = "nd4j";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String machine() {
    return "ND4J " + Nd4j.getBackend().getClass().getSimpleName();
  }

  @Override
  public void useThreads(int threads) {
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
  }

  @Override
  public NetworkRunner open(Network network) {
    return new Nd4jRunner(network, DataType.FLOAT);
  }
}
