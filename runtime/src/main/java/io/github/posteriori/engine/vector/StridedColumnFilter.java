package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.ThreeColumnsApart;
import java.util.Arrays;

/**
 * Filters the rows of one channel where they are, as {@link ThreeColumnFilter}, by windows that lie
 * two columns apart: {@link ThreeColumnsApart}.
 */
final class StridedColumnFilter extends RowFilter {
  private final GroupMap map;
  private final boolean isForward;
  private final int sourceFloats;
  private final GroupPlanes planes;
  private final int[] firstWeight;
  private final int[] sources;
  private final int targetFloats;
  private final float[] zeros;

  StridedColumnFilter(GroupMap map, LaneBlock block, boolean squares) {
    this.map = map;
    this.isForward = map.columns().phases() == 1;
    this.sourceFloats = map.source().columns() * LENGTH;
    this.planes = new GroupPlanes(map.source(), block, squares);
    this.firstWeight = map.weights();
    this.sources = map.sources();
    this.targetFloats = map.target().columns() * LENGTH;
    this.zeros = Lanes.array(sourceFloats);
  }

  @Override
  void start(float[] source) {
    planes.start(source);
  }

  @Override
  void row(int channel, int row, float[] weights, float bias, float[] y, int at) {
    int[] taps = map.rows()[row].taps();
    int[] places = map.rows()[row].places();
    if (taps.length == 0) {
      Arrays.fill(y, at, at + targetFloats, bias);
      return;
    }
    boolean hasSecond = taps.length > 1;
    boolean hasThird = taps.length > 2;
    int plane = planes.at(sources[channel]);
    float[] source = planes.array();
    int w = firstWeight[channel];
    int v = w + 3 * taps[0];
    int v1 = hasSecond ? w + 3 * taps[1] : v;
    int v2 = hasThird ? w + 3 * taps[2] : v;
    int a0 = plane + places[0] * sourceFloats;
    int b0 = hasSecond ? plane + places[1] * sourceFloats : LEAD;
    int c0 = hasThird ? plane + places[2] * sourceFloats : LEAD;
    float[] b = hasSecond ? source : zeros;
    float[] c = hasThird ? source : zeros;
    if (isForward) {
      int columns = map.source().columns();
      ThreeColumnsApart.filter(bias, weights, v, v1, v2, source, a0, b, b0, c, c0, columns, y, at);
    } else {
      int columns = map.target().columns();
      ThreeColumnsApart.spread(weights, v, v1, v2, source, a0, b, b0, c, c0, columns, y, at);
    }
  }

  @Override
  void addProducts(int channel, int row, float[] dy, int from, float[] sums, int at) {
    int[] taps = map.rows()[row].taps();
    int[] places = map.rows()[row].places();
    if (taps.length == 0) {
      return;
    }
    boolean hasSecond = taps.length > 1;
    boolean hasThird = taps.length > 2;
    int plane = planes.at(sources[channel]);
    float[] source = planes.array();
    int spare = at + map.geometry().fanIn() * LENGTH;
    ThreeColumnsApart.sum(
        dy,
        from,
        source,
        plane + places[0] * sourceFloats,
        hasSecond ? source : zeros,
        hasSecond ? plane + places[1] * sourceFloats : LEAD,
        hasThird ? source : zeros,
        hasThird ? plane + places[2] * sourceFloats : LEAD,
        map.source().columns(),
        sums,
        at + 3 * taps[0] * LENGTH,
        hasSecond ? at + 3 * taps[1] * LENGTH : spare,
        hasThird ? at + 3 * taps[2] * LENGTH : spare);
  }
}
