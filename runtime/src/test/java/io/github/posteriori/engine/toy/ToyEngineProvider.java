package io.github.posteriori.engine.toy;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.EngineProvider;
import java.util.Optional;

/** Offers an engine that nobody takes unless it is asked for by its name. */
public final class ToyEngineProvider implements EngineProvider {
  static final String NAME = "toy";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return -10;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Engine engine() {
    return new ToyEngine();
  }
}
