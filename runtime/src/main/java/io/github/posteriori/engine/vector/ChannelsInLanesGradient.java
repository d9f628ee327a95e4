package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.kernel.GemmKernel;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.PanelLoops;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the gradient by the weights with output channels in the lanes, where these fill four
 * registers: a few rows of dy are transposed, and the inputs of a few taps at a time laid side by
 * side.
 */
final class ChannelsInLanesGradient extends PaddedGradient {
  /**
   * Floats of dy that are transposed together, a row at least, to stay in the second-level cache.
   */
  private static final int TOGETHER = 1 << 15;

  private final List<Columns> columns;
  private final int outputs;
  private final int paddedOutputs;
  private final int rowTerms;
  private final int rowsTogether;

  /** {@code [columns, taps, their lanes]}. */
  private final float[] sums;

  /** {@code [columns, terms, their lanes]}. */
  private final float[] turned;

  /** {@code [ROWS, terms]}. */
  private final float[] factors;

  private final int[] terms;
  private final int[] termsOfFour;
  private final int[] termsOfOne;

  ChannelsInLanesGradient(Geometry geometry, LaneBlock block, boolean ofVariances) {
    super(geometry, block, ofVariances);
    this.columns = Columns.of(geometry.output().channels());
    this.outputs = geometry.output().channels();
    this.paddedOutputs = columns.get(columns.size() - 1).end();
    this.rowTerms = registersOfRow() * LENGTH;
    this.rowsTogether =
        Math.min(geometry.output().height(), Math.max(1, TOGETHER / (paddedOutputs * rowTerms)));
    this.sums = Lanes.array(geometry.fanIn() * paddedOutputs);
    int most = rowsTogether * rowTerms;
    this.turned = Lanes.array(most * paddedOutputs);
    this.factors = Lanes.array(Lanes.ROWS * most);
    this.terms = new int[most];
    this.termsOfFour = new int[most];
    this.termsOfOne = new int[most];
    for (int t = 0; t < most; t++) {
      terms[t] = t;
      termsOfFour[t] = t * Lanes.FULL;
      termsOfOne[t] = t * LENGTH;
    }
  }

  @Override
  void clear() {
    Arrays.fill(sums, 0);
  }

  @Override
  public void addRows(float[] dy, int firstRow, int rows) {
    for (int row = 0; row < rows; row += rowsTogether) {
      int count = Math.min(rowsTogether, rows - row);
      for (int i = 0; i < columns.size(); i++) {
        Columns each = columns.get(i);
        each.turn(
            dy,
            LEAD + row * rowTerms,
            rows * rowTerms,
            outputs,
            count * geometry().output().width(),
            width(),
            turned,
            LEAD + each.first() * count * rowTerms,
            width() * each.lanes());
      }
      add(firstRow + row, count);
    }
  }

  private void add(int row, int rows) {
    int[] offsets = taps(0);
    int count = rows * rowTerms;
    for (int tap = 0; tap < offsets.length; ) {
      int together = Lanes.tile(offsets.length - tap);
      if (reach(tap, together, row, rows)) {
        for (int m = 0; m < together; m++) {
          PanelLoops.gather(
              x(),
              offsets[tap + m],
              pixels(),
              row * registersOfRow(),
              rows * registersOfRow(),
              factors,
              LEAD + m * count);
        }
        multiply(tap, together, count);
      }
      tap += together;
    }
  }

  /** Whether any of these taps reads an input row for any of these output rows. */
  private boolean reach(int firstTap, int taps, int firstRow, int rows) {
    Window window = geometry().window();
    for (int tap = firstTap; tap < firstTap + taps; tap++) {
      int tapRow = tap % geometry().taps() / window.columns();
      int first = tapRow * window.dilationRows() - window.paddingRows();
      for (int row = firstRow; row < firstRow + rows; row++) {
        int read = first + row * window.strideRows();
        if (read >= 0 && read < geometry().input().height()) {
          return true;
        }
      }
    }
    return false;
  }

  private void multiply(int tap, int taps, int count) {
    for (int i = 0; i < columns.size(); i++) {
      Columns each = columns.get(i);
      int lanes = each.lanes();
      int to = LEAD + each.first() * geometry().fanIn() + tap * lanes;
      GemmKernel.run(
          lanes,
          taps,
          sums,
          to,
          lanes,
          LENGTH,
          factors,
          LEAD,
          count,
          terms,
          turned,
          LEAD + each.first() * count,
          lanes == Lanes.FULL ? termsOfFour : termsOfOne,
          count,
          sums,
          to,
          lanes);
    }
  }

  @Override
  public void end(float[] share) {
    int fanIn = geometry().fanIn();
    for (int i = 0; i < columns.size(); i++) {
      Columns each = columns.get(i);
      int end = Math.min(outputs, each.end());
      for (int o = each.first(); o < end; o++) {
        int from = LEAD + each.first() * fanIn + o - each.first();
        for (int k = 0; k < fanIn; k++) {
          share[o * fanIn + k] = sums[from + k * each.lanes()];
        }
      }
    }
  }
}
