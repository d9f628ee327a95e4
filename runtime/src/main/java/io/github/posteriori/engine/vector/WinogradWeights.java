package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.LayerPlan.InputGradient;
import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.PanelGemm;

/**
 * Holds weights that are transformed by {@link Winograd} for the way forward and, where the plan
 * says so, for the gradient by the input, which is the convolution of the outputs' gradient by the
 * filters turned round. Otherwise the way back takes them as they are.
 */
final class WinogradWeights extends RowMapWeights {
  private final Winograd algorithm;
  private final WinogradFilters forward;

  /** Null where the gradient by the input is computed in another way. */
  private final WinogradFilters backward;

  WinogradWeights(LayerPlan plan, boolean areVariances) {
    super(plan, areVariances);
    Geometry geometry = plan.geometry();
    int inputs = geometry.inputsOfGroup();
    int outputs = geometry.outputsOfGroup();
    int registers = (inputs * PanelGemm.ROWS + Lanes.LENGTH - 1) / Lanes.LENGTH;
    this.algorithm = new Winograd(geometry.window().rows(), registers * Lanes.LENGTH);
    int products = algorithm.points() * algorithm.points();
    this.forward = new WinogradFilters(products, geometry.groups(), inputs, outputs);
    this.backward =
        plan.inputGradient() == InputGradient.WINOGRAD
            ? new WinogradFilters(products, geometry.groups(), outputs, inputs)
            : null;
  }

  @Override
  RowMap forward(LaneBlock block) {
    Geometry geometry = geometry();
    return new WinogradMap(
        algorithm,
        forward,
        geometry.input(),
        geometry.output(),
        geometry.groups(),
        geometry.window().paddingRows(),
        geometry.window().paddingColumns(),
        areVariances(),
        block);
  }

  @Override
  RowMap backward(LaneBlock block) {
    if (backward == null) {
      return null;
    }
    Geometry geometry = geometry();
    return new WinogradMap(
        algorithm,
        backward,
        geometry.output(),
        geometry.input(),
        geometry.groups(),
        geometry.window().rows() - 1 - geometry.window().paddingRows(),
        geometry.window().columns() - 1 - geometry.window().paddingColumns(),
        false,
        block);
  }

  @Override
  void set(Tile tile, float[] values, boolean forGradients, Scratch scratch) {
    super.set(tile, values, forGradients, scratch);
    int inputs = geometry().inputsOfGroup();
    float[] transformed = transform(tile, values, false, scratch);
    int from = algorithm.workspace();
    for (int m = 0; m < tile.rows(); m++) {
      for (int c = 0; c < inputs; c++) {
        forward.set(tile.first() + m, c, transformed, from + m * inputs + c, algorithm.count());
      }
    }
    if (forGradients && backward != null) {
      transform(tile, values, true, scratch);
      int firstInput = tile.group() * inputs;
      int output = tile.first() - tile.group() * geometry().outputsOfGroup();
      for (int m = 0; m < tile.rows(); m++) {
        for (int c = 0; c < inputs; c++) {
          backward.set(
              firstInput + c, output + m, transformed, from + m * inputs + c, algorithm.count());
        }
      }
    }
  }

  /**
   * Transforms the filters of a tile.
   *
   * @param turned whether by half a turn
   * @return {@code [products, tile rows, in / groups]} behind the algorithm's workspace
   */
  private float[] transform(Tile tile, float[] values, boolean turned, Scratch scratch) {
    int taps = geometry().taps();
    int count = algorithm.count();
    int filters = tile.rows() * geometry().inputsOfGroup();
    int products = algorithm.points() * algorithm.points();
    float[] h = scratch.sums(algorithm.workspace() + products * count);
    for (int tap = 0; tap < taps; tap++) {
      int from = turned ? taps - 1 - tap : tap;
      for (int f = 0, to = tap * count; f < filters; f++, to++) {
        h[to] = values[from + f * taps];
      }
    }
    algorithm.weights(h, h, algorithm.workspace());
    return h;
  }
}
