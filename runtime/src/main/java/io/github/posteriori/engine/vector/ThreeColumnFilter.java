package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.ThreeColumns;
import java.util.Arrays;

/**
 * Filters rows where they are, three of them at a time, by {@link ThreeColumns}: windows of three
 * columns that leave a row as wide as it was. Rows that a window has too few of are zeros.
 */
final class ThreeColumnFilter extends RowFilter {
  private final GroupMap map;
  private final int rowFloats;
  private final GroupPlanes planes;
  private final int[] firstWeight;
  private final int[] sources;

  /** From the weight of the left column to that of the middle: 1, or on the way back -1. */
  private final int step;

  private final float[] zeros;

  ThreeColumnFilter(GroupMap map, LaneBlock block, boolean squares) {
    this.map = map;
    this.rowFloats = map.source().columns() * LENGTH;
    this.planes = new GroupPlanes(map.source(), block, squares);
    this.firstWeight = map.weights();
    this.sources = map.sources();
    this.step = map.columns().places()[0][0] < 0 ? 1 : -1;
    this.zeros = Lanes.array(rowFloats);
  }

  @Override
  void start(float[] source) {
    planes.start(source);
  }

  @Override
  void row(int channel, int row, float[] weights, float bias, float[] y, int at) {
    int[] taps = map.rows()[row].taps();
    int[] places = map.rows()[row].places();
    int count = taps.length;
    if (count == 0) {
      Arrays.fill(y, at, at + rowFloats, bias);
      return;
    }
    int left = firstWeight[channel] + (step > 0 ? 0 : 2);
    int group = planes.at(sources[channel]);
    float[] source = planes.array();
    for (int s = 0; s < map.source().channels(); s++) {
      int plane = group + s * planes.planeFloats();
      int w = left + s * map.sourceStep();
      for (int k = 0; k < count; k += 3) {
        boolean hasSecond = k + 1 < count;
        boolean hasThird = k + 2 < count;
        int v = w + 3 * taps[k];
        int v1 = hasSecond ? w + 3 * taps[k + 1] : v;
        int v2 = hasThird ? w + 3 * taps[k + 2] : v;
        int a0 = plane + places[k] * rowFloats;
        int b0 = hasSecond ? plane + places[k + 1] * rowFloats : LEAD;
        int c0 = hasThird ? plane + places[k + 2] * rowFloats : LEAD;
        float[] b = hasSecond ? source : zeros;
        float[] c = hasThird ? source : zeros;
        if (s == 0 && k == 0) {
          ThreeColumns.filter(
              bias, weights, v, v1, v2, step, source, a0, b, b0, c, c0, y, at, rowFloats);
        } else {
          ThreeColumns.add(weights, v, v1, v2, step, source, a0, b, b0, c, c0, y, at, rowFloats);
        }
      }
    }
  }

  @Override
  void addProducts(int channel, int row, float[] dy, int from, float[] sums, int at) {
    int[] taps = map.rows()[row].taps();
    int[] places = map.rows()[row].places();
    int count = taps.length;
    int spare = at + map.geometry().fanIn() * LENGTH;
    int group = planes.at(sources[channel]);
    float[] source = planes.array();
    for (int s = 0; s < map.source().channels(); s++) {
      int plane = group + s * planes.planeFloats();
      int first = at + s * map.sourceStep() * LENGTH;
      for (int k = 0; k < count; k += 3) {
        boolean hasSecond = k + 1 < count;
        boolean hasThird = k + 2 < count;
        ThreeColumns.sum(
            dy,
            from,
            source,
            plane + places[k] * rowFloats,
            hasSecond ? source : zeros,
            hasSecond ? plane + places[k + 1] * rowFloats : LEAD,
            hasThird ? source : zeros,
            hasThird ? plane + places[k + 2] * rowFloats : LEAD,
            rowFloats,
            sums,
            first + 3 * taps[k] * LENGTH,
            hasSecond ? first + 3 * taps[k + 1] * LENGTH : spare,
            hasThird ? first + 3 * taps[k + 2] * LENGTH : spare);
      }
    }
  }
}
