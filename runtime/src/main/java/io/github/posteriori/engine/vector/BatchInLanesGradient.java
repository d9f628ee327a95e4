package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.LaneDotKernel;
import io.github.posteriori.engine.vector.kernel.RowDotKernel;
import io.github.posteriori.engine.vector.kernel.Sums;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the gradient by the weights with images in the lanes, by {@link LaneDotKernel}, and sums
 * over the lanes at the end.
 */
final class BatchInLanesGradient extends PaddedGradient {
  /**
   * Registers of a channel that are added to all sums before the next ones: those of six channels
   * are 25 KB.
   */
  private static final int NEAR = 64;

  /** Registers of a row from which it is worth loading and storing the sums for it alone. */
  private static final int LEAST = 16;

  private final List<Tile> outputs;
  private final int[] registers;

  /** For each tile of outputs and each tile of taps {@code [ROWS, COLUMNS, LENGTH]} or less. */
  private float[] sums;

  private final int size;

  BatchInLanesGradient(Geometry geometry, LaneBlock block, boolean ofVariances) {
    super(geometry, block, ofVariances);
    this.outputs = Tiles.of(geometry.groups(), geometry.outputsOfGroup());
    this.registers = new int[pixels().length];
    for (int t = 0; t < registers.length; t++) {
      registers[t] = t * LENGTH;
    }
    int fanIn = geometry.fanIn();
    int tapTiles = fanIn / LaneDotKernel.COLUMNS + fanIn % LaneDotKernel.COLUMNS;
    this.size = geometry.output().channels() * tapTiles * LaneDotKernel.COLUMNS * LENGTH;
  }

  @Override
  void clear() {
    sums = sums(size);
    Arrays.fill(sums, LEAD, LEAD + size, 0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Takes a few registers of each channel at a time, so that the factors stay in the first-level
   * cache.
   */
  @Override
  public void addRows(float[] dy, int firstRow, int rows) {
    int from = firstRow * registersOfRow();
    int to = from + rows * registersOfRow();
    boolean byRow = geometry().window().strideColumns() == 1 && registersOfRow() >= LEAST;
    for (int t = from; t < to; ) {
      int end = byRow ? (t / registersOfRow() + 1) * registersOfRow() : to;
      end = Math.min(end, t + NEAR);
      add(dy, (to - from) * LENGTH, from, t, end, byRow);
      t = end;
    }
  }

  /**
   * Adds the registers in {@code [from, to)} of all channels; dy begins with {@code first}.
   *
   * @param isRun whether what each tap reads for them lies side by side
   */
  private void add(float[] dy, int step, int first, int from, int to, boolean isRun) {
    int p = LEAD;
    for (int i = 0; i < outputs.size(); i++) { // without an iterator to allocate
      Tile tile = outputs.get(i);
      int o = LEAD + tile.first() * step - first * LENGTH;
      int[] offsets = taps(tile.group());
      int k = 0;
      for (; k + LaneDotKernel.COLUMNS <= offsets.length; k += LaneDotKernel.COLUMNS) {
        addWide(tile.rows(), dy, o, step, offsets, k, from, to, p, isRun);
        p += tile.rows() * LaneDotKernel.COLUMNS * LENGTH;
      }
      for (; k < offsets.length; k++) {
        addNarrow(tile.rows(), dy, o, step, offsets[k], from, to, p, isRun);
        p += tile.rows() * LaneDotKernel.COLUMNS * LENGTH;
      }
    }
  }

  private void addWide(
      int rows,
      float[] dy,
      int o,
      int step,
      int[] taps,
      int k,
      int from,
      int to,
      int p,
      boolean isRun) {
    if (!isRun) {
      LaneDotKernel.wide(
          rows,
          dy,
          o,
          step,
          x(),
          taps[k],
          taps[k + 1],
          taps[k + 2],
          taps[k + 3],
          registers,
          pixels(),
          from,
          to,
          sums,
          p);
      return;
    }
    int at = pixels()[from];
    RowDotKernel.wide(
        rows,
        dy,
        o + from * LENGTH,
        step,
        x(),
        taps[k] + at,
        taps[k + 1] + at,
        taps[k + 2] + at,
        taps[k + 3] + at,
        to - from,
        sums,
        p);
  }

  private void addNarrow(
      int rows, float[] dy, int o, int step, int tap, int from, int to, int p, boolean isRun) {
    if (!isRun) {
      LaneDotKernel.narrow(rows, dy, o, step, x(), tap, registers, pixels(), from, to, sums, p);
      return;
    }
    RowDotKernel.narrow(
        rows, dy, o + from * LENGTH, step, x(), tap + pixels()[from], to - from, sums, p);
  }

  @Override
  public void end(float[] share) {
    int fanIn = geometry().fanIn();
    int p = LEAD;
    for (int i = 0; i < outputs.size(); i++) {
      Tile tile = outputs.get(i);
      for (int k = 0; k < fanIn; ) {
        int together = k + LaneDotKernel.COLUMNS <= fanIn ? LaneDotKernel.COLUMNS : 1;
        for (int m = 0; m < tile.rows(); m++) {
          int to = (tile.first() + m) * fanIn + k;
          int from = p + m * LaneDotKernel.COLUMNS * LENGTH;
          Sums.ofLanes(sums, from, together, share, to);
        }
        p += tile.rows() * LaneDotKernel.COLUMNS * LENGTH;
        k += together;
      }
    }
  }
}
