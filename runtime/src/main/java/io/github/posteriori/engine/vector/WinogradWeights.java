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
    int taps = geometry().taps();
    int rows = tile.rows();
    int count = algorithm.count();
    int products = algorithm.points() * algorithm.points();
    int from = algorithm.workspace();
    float[] h = scratch.sums(from + products * count);
    for (int tap = 0; tap < taps; tap++) {
      int to = tap * count;
      for (int m = 0; m < rows; m++) {
        for (int c = 0, v = m * inputs * taps + tap; c < inputs; c++, v += taps) {
          h[to + c * rows + m] = values[v];
        }
      }
    }
    algorithm.weights(h, h, from);
    forward.set(tile, 0, inputs, h, from, count);
    if (forGradients && backward != null) {
      setBack(tile, values, h);
    }
  }

  /** Transforms the filters turned by half a turn, an input's outputs now being its inputs. */
  private void setBack(Tile tile, float[] values, float[] h) {
    int inputs = geometry().inputsOfGroup();
    int taps = geometry().taps();
    int count = algorithm.count();
    PanelTiles tiles = backward.tiles();
    int first = tiles.first(tile.group());
    int end = tiles.end(tile.group());
    for (int tap = 0; tap < taps; tap++) {
      int to = tap * count;
      for (int i = first; i < end; i++) {
        int ofInput = (tiles.get(i).first() - tile.group() * inputs) * taps + taps - 1 - tap;
        for (int m = 0; m < tile.rows(); m++) {
          int v = m * inputs * taps + ofInput;
          for (int r = 0; r < tiles.get(i).rows(); r++, v += taps) {
            h[to++] = values[v];
          }
        }
      }
    }
    int from = algorithm.workspace();
    algorithm.weights(h, h, from);
    int output = tile.first() - tile.group() * geometry().outputsOfGroup();
    for (int i = first, at = from; i < end; i++) {
      Tile some = tiles.get(i);
      backward.set(some, output, tile.rows(), h, at, count);
      at += tile.rows() * some.rows();
    }
  }
}
