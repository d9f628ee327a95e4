package io.github.posteriori.engine.vector;

/** The algorithms of the vector engine compute what is defined also where others are chosen. */
class VariedPlansAgreeTest extends EnginesAgreeTest {
  @Override
  protected String engine() {
    return VariedPlansProvider.NAME;
  }
}
