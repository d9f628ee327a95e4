package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Net;
import io.github.posteriori.engine.ReferenceContract;
import java.util.List;

/** The algorithms of the vector engine compute what is defined also where others are chosen. */
class VariedPlansAgreeTest extends ReferenceContract {
  @Override
  protected String engine() {
    return VariedPlansProvider.NAME;
  }

  @Override
  protected List<Net> layers() {
    return EnginesAgreeTest.products();
  }

  @Override
  protected List<Net> networks() {
    return EnginesAgreeTest.special();
  }
}
