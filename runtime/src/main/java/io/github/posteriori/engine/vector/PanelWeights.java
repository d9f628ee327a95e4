package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.LayerPlan.InputGradient;
import io.github.posteriori.engine.vector.Tiles.Tile;

/** Holds weights that are multiplied as they are, packed for {@link PanelMap}. */
final class PanelWeights extends RowMapWeights {
  private final PanelFilters forward;

  /** Null where the gradient by the input is computed in another way. */
  private final PanelFilters backward;

  PanelWeights(LayerPlan plan, boolean areVariances) {
    super(plan, areVariances);
    Geometry geometry = plan.geometry();
    this.forward = filters(geometry, true);
    this.backward = plan.inputGradient() == InputGradient.PANEL ? filters(geometry, false) : null;
  }

  private static PanelFilters filters(Geometry geometry, boolean isForward) {
    int inputs = isForward ? geometry.inputsOfGroup() : geometry.outputsOfGroup();
    int outputs = isForward ? geometry.outputsOfGroup() : geometry.inputsOfGroup();
    return new PanelFilters(
        isForward ? geometry.rowAxis() : geometry.rowAxisBack(),
        isForward ? geometry.columnAxis() : geometry.columnAxisBack(),
        geometry.groups(),
        inputs,
        outputs);
  }

  @Override
  RowMap forward(LaneBlock block) {
    Geometry geometry = geometry();
    return new PanelMap(forward, geometry.input(), geometry.output(), geometry.groups(), block);
  }

  @Override
  RowMap backward(LaneBlock block) {
    Geometry geometry = geometry();
    return backward == null
        ? null
        : new PanelMap(backward, geometry.output(), geometry.input(), geometry.groups(), block);
  }

  @Override
  void set(Tile tile, float[] values, boolean forGradients, Scratch scratch) {
    super.set(tile, values, forGradients, scratch);
    forward.set(tile, values);
    if (forGradients && backward != null) {
      int first = tile.first() - tile.group() * geometry().outputsOfGroup();
      backward.setBack(tile, first, values, geometry().taps(), geometry().window().columns());
    }
  }
}
