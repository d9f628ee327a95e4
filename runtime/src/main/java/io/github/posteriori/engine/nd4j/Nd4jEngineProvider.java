package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.EngineProvider;
import java.util.Optional;

/** Offers the portable engine, which runs wherever the natives of ND4J do. */
public final class Nd4jEngineProvider implements EngineProvider {

  @Override
  public String name() {
    return Nd4jEngine.NAME;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Engine engine() {
    return new Nd4jEngine();
  }
}
