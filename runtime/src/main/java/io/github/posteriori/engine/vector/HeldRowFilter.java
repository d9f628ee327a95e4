package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.DepthwiseLoops;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.Arrays;

/**
 * Filters rows of any window by {@link DepthwiseLoops}. It holds copies of some rows of a group in
 * a border of zeros, so that all taps read something; where windows lie apart, columns of a kind
 * lie next to each other. Target columns of several kinds are computed kind by kind.
 */
final class HeldRowFilter extends RowFilter {
  /** Floats of the copies, unless a single target row needs more: 128 KB. */
  private static final int HELD = 1 << 15;

  /** Rows whose terms follow each other column by column, as {@link ThreeColumnFilter} adds. */
  private static final int TOGETHER = 3;

  private final GroupMap map;
  private final ColumnTaps columns;
  private final int width;
  private final int[] firstWeight;
  private final int[] sources;

  /** Target rows that read what is held at a time. */
  private final int band;

  /** For each band, the first source row that it reads. */
  private final int[] firstRow;

  /** For each band, the row behind the last source row that it reads. */
  private final int[] endRow;

  /** Rows that are held of each channel. */
  private final int rows;

  /** Columns of a kind that are held of each row. */
  private final int held;

  /** The columns of zeros before a row. */
  private final int before;

  private final GroupPlanes planes;
  private final LaneBlock block;
  private final Workspace use;

  /** A row of zeros, then {@code [channels, rows, kinds, columns, width]}. */
  private float[] copies;

  /** For each target row and kind of its columns. */
  private final Terms[][] terms;

  /** A target row's columns of one kind. */
  private final float[] part;

  private int heldGroup;
  private int heldBand;

  /**
   * Terms of a target row: products of a weight and a copy. Further ones, of zeros, fill the calls
   * of a kernel.
   *
   * @param weights offsets from the target channel's first weight
   * @param copies offsets of the first column
   * @param sums numbers of the sums, on the way back
   */
  private record Terms(int[] weights, int[] copies, int[] sums) {}

  HeldRowFilter(GroupMap map, LaneBlock block, boolean squares) {
    this.map = map;
    this.columns = map.columns();
    this.block = block;
    this.width = block.width();
    this.planes = new GroupPlanes(map.source(), block, squares);
    this.use = squares ? Workspace.PADDED_SQUARES : Workspace.PADDED;
    this.firstWeight = map.weights();
    this.sources = map.sources();
    this.before = columns.before();
    this.held = heldColumns();
    this.band = band();
    this.firstRow = new int[(map.rows().length + band - 1) / band];
    this.endRow = new int[firstRow.length];
    for (int b = 0; b < firstRow.length; b++) {
      firstRow[b] = firstRow(b * band, band);
      endRow[b] = endRow(b * band, band);
    }
    this.rows = rows(band);
    this.part =
        columns.phases() == 1 ? null : Lanes.array(columns.count(0, targetColumns()) * width);
    this.terms = new Terms[map.rows().length][columns.phases()];
    for (int row = 0; row < terms.length; row++) {
      for (int phase = 0; phase < columns.phases(); phase++) {
        terms[row][phase] = terms(row, phase);
      }
    }
  }

  private int heldColumns() {
    int most = 0;
    for (int phase = 0; phase < columns.phases(); phase++) {
      int count = columns.count(phase, targetColumns());
      for (int place : columns.places()[phase]) {
        most = Math.max(most, count + (place + before) / columns.step());
      }
    }
    return most;
  }

  private int targetColumns() {
    return map.target().columns();
  }

  /** Floats of the row of zeros. */
  private int zeros() {
    return targetColumns() * width;
  }

  private int rowFloats() {
    return columns.step() * held * width;
  }

  /** Returns the most target rows, by halves, whose source rows can be held. */
  private int band() {
    int most = map.rows().length;
    while (most > 1 && map.source().channels() * rows(most) * rowFloats() > HELD) {
      most = (most + 1) / 2;
    }
    return most;
  }

  /** Returns how many source rows lie between the first and last that a band reads. */
  private int rows(int band) {
    int most = 0;
    for (int first = 0; first < map.rows().length; first += band) {
      most = Math.max(most, endRow(first, band) - firstRow(first, band));
    }
    return most;
  }

  private int firstRow(int first, int band) {
    int least = map.source().rows();
    for (int row = first; row < Math.min(map.rows().length, first + band); row++) {
      for (int place : map.rows()[row].places()) {
        least = Math.min(least, place);
      }
    }
    return least;
  }

  private int endRow(int first, int band) {
    int end = 0;
    for (int row = first; row < Math.min(map.rows().length, first + band); row++) {
      for (int place : map.rows()[row].places()) {
        end = Math.max(end, place + 1);
      }
    }
    return Math.max(end, firstRow(first, band));
  }

  private Terms terms(int row, int phase) {
    TapRange range = map.rows()[row];
    int[] taps = columns.taps()[phase];
    int count = map.source().channels() * range.count() * taps.length;
    int[] weights = new int[count];
    int[] places = new int[DepthwiseLoops.filled(count)];
    Arrays.fill(places, LEAD);
    int t = 0;
    for (int s = 0; s < map.source().channels(); s++) {
      for (int first = 0; first < range.count(); first += TOGETHER) {
        int end = Math.min(range.count(), first + TOGETHER);
        for (int n = 0; n < taps.length; n++) {
          int column = column(columns.places()[phase][n] + before) * width;
          for (int k = first; k < end; k++) {
            int copy = s * rows + range.places()[k] - firstRow[row / band];
            weights[t] = map.weights(s, range.taps()[k], taps[n]);
            places[t++] = LEAD + zeros() + copy * rowFloats() + column;
          }
        }
      }
    }
    return new Terms(
        filled(weights, places.length, t == 0 ? 0 : weights[0]),
        places,
        filled(weights, places.length, map.geometry().fanIn()));
  }

  private static int[] filled(int[] numbers, int length, int others) {
    int[] all = Arrays.copyOf(numbers, length);
    Arrays.fill(all, numbers.length, length, others);
    return all;
  }

  /** Where a column lies in a held row, counted with the zeros before it. */
  private int column(int column) {
    return column % columns.step() * held + column / columns.step();
  }

  @Override
  void start(float[] source) {
    planes.start(source);
    int floats = zeros() + map.source().channels() * rows * rowFloats();
    copies = block.workspace(use, floats);
    Arrays.fill(copies, LEAD, LEAD + floats, 0);
    heldBand = -1;
  }

  @Override
  void row(int channel, int row, float[] weights, float bias, float[] y, int at) {
    hold(sources[channel], row / band);
    if (columns.phases() == 1) {
      filter(channel, terms[row][0], weights, bias, y, at, targetColumns() * width);
      return;
    }
    for (int phase = 0; phase < columns.phases(); phase++) {
      int count = columns.count(phase, targetColumns());
      filter(channel, terms[row][phase], weights, bias, part, LEAD, count * width);
      int step = columns.phases() * width;
      DepthwiseLoops.copy(part, LEAD, width, y, at + phase * width, step, count, width);
    }
  }

  private void filter(
      int channel, Terms terms, float[] weights, float bias, float[] y, int at, int floats) {
    Arrays.fill(y, at, at + floats, bias);
    DepthwiseLoops.add(
        weights, firstWeight[channel], terms.weights(), copies, terms.copies(), y, at, floats);
  }

  @Override
  void addProducts(int channel, int row, float[] dy, int from, float[] sums, int at) {
    hold(sources[channel], row / band);
    Terms of = terms[row][0];
    int floats = targetColumns() * width;
    DepthwiseLoops.sum(dy, from, copies, of.copies(), floats, sums, at, of.sums());
  }

  /** Copies the rows that a band reads of the group whose first channel is {@code group}. */
  private void hold(int group, int band) {
    if (group == heldGroup && band == heldBand) {
      return;
    }
    heldGroup = group;
    heldBand = band;
    int first = planes.at(group);
    for (int s = 0; s < map.source().channels(); s++) {
      int plane = first + s * planes.planeFloats();
      for (int row = firstRow[band]; row < endRow[band]; row++) {
        int from = plane + row * map.source().columns() * width;
        int to = LEAD + zeros() + (s * rows + row - firstRow[band]) * rowFloats();
        copy(from, to);
      }
    }
  }

  /** Copies a row, kind by kind. */
  private void copy(int from, int to) {
    float[] source = planes.array();
    int step = columns.step();
    for (int kind = 0; kind < step; kind++) {
      int first = Math.floorMod(kind - before, step);
      int place = (first + before) / step;
      int count = Math.min((map.source().columns() - first + step - 1) / step, held - place);
      int at = to + (kind * held + place) * width;
      if (step == 1) {
        System.arraycopy(source, from, copies, at, Math.max(0, count) * width);
      } else {
        DepthwiseLoops.copy(
            source, from + first * width, step * width, copies, at, width, count, width);
      }
    }
  }
}
