package io.github.posteriori.engine;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * What every engine promises. A test of an engine extends this class and names the engine; nothing
 * in here knows which engines there are, except that nd4j is the definition.
 */
public abstract class EngineContract {
  /** Tags a comparison of every kind of layer, each alone. */
  static final String EVERY_LAYER = "every-layer";

  /** The name of the engine under test. */
  protected abstract String engine();

  /** Networks of one layer each, on which the engine is compared with the definition. */
  protected List<Net> layers() {
    return Net.everyLayer();
  }

  /** Networks of several layers, on which the engine is compared with the definition. */
  protected List<Net> networks() {
    return Net.networks();
  }

  @Nested
  @Tag(EVERY_LAYER)
  class Reference extends ReferenceContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }

    @Override
    protected List<Net> layers() {
      return EngineContract.this.layers();
    }

    @Override
    protected List<Net> networks() {
      return EngineContract.this.networks();
    }
  }

  @Nested
  class PyTorch extends PyTorchContract {
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
  class BatchNorms extends BatchNormContract {
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

  @Nested
  class Pruned extends PrunedContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }
  }

  @Nested
  class Ivons extends IvonContract {
    @Override
    protected String engine() {
      return EngineContract.this.engine();
    }
  }
}
