package io.github.posteriori.engine.vector;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.engine.Net;
import io.github.posteriori.engine.ReferenceContract;
import java.util.List;

/** The algorithms of the vector engine compute what is defined also where most outputs are 0. */
class EnginesAgreeWithReluTest extends ReferenceContract {
  @Override
  protected String engine() {
    return "vector";
  }

  @Override
  protected List<Net> layers() {
    return List.of();
  }

  @Override
  protected List<Net> networks() {
    return EnginesAgreeTest.stages(Activation.RELU);
  }
}
