package io.github.posteriori.engine;

import org.junit.jupiter.api.Nested;

/**
 * What every engine promises. A test of an engine extends this class and names the engine; nothing
 * in here knows which engines there are, except that nd4j is the definition.
 */
public abstract class EngineContract {

  /** The name of the engine under test. */
  protected abstract String engine();

  @Nested
  class Reference extends ReferenceContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }
  }

  @Nested
  class Outputs extends OutputsContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }
  }

  @Nested
  class KeptResults extends KeptResultsContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }
  }

  @Nested
  class WayBack extends WayBackContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }
  }

  @Nested
  class Steps extends StepContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }
  }

  @Nested
  class Optimisers extends OptimiserContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }
  }
}
