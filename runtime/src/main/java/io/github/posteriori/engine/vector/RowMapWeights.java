package io.github.posteriori.engine.vector;

/** Holds weights that are packed for a {@link RowMap} forward and, if the plan says so, back. */
abstract sealed class RowMapWeights extends DirectWeights permits WinogradWeights, PanelWeights {
  RowMapWeights(LayerPlan plan, boolean areVariances) {
    super(plan, areVariances);
  }

  @Override
  final LinearPass pass(LaneBlock block) {
    return new RowMapPass(this, block);
  }

  /** Creates the map forward on one block, without biases. */
  abstract RowMap forward(LaneBlock block);

  /**
   * Creates the map from the outputs' gradient to the inputs' on one block; null where that is
   * computed in another way.
   */
  abstract RowMap backward(LaneBlock block);
}
