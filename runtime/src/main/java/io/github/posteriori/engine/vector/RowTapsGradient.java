package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.RowTapsKernel;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * Computes one block's gradient by the weights with output channels in the lanes, a row of outputs
 * at a time:
 *
 * <pre>
 *   dW[o, c, r, k] += sum over columns q and images of  x[c, q] dy[o, q + padding - k dilation]
 * </pre>
 *
 * <p>The row of dy is transposed, with zeros around it; all taps k of a filter's row read it from
 * different places on ({@link RowTapsKernel}). x is read where it lies, one number for all lanes.
 * Columns must not be strided.
 */
final class RowTapsGradient implements BlockGradient {
  private final Geometry geometry;
  private final LaneBlock block;
  private final boolean ofVariances;
  private final int width;

  /** Registers of output channels. */
  private final int registers;

  /** Zeros before the transposed row, in columns; and columns with those behind it. */
  private final int before;

  private final int columns;

  /** Registers and taps in threes: the offset of each in the transposed row, for column 0 of x. */
  private final int[] offsets;

  private final int triples;

  /** {@code [rows of taps, triples, in, COLUMNS, LENGTH]}. */
  private float[] sums;

  /** {@code [channels of a tile, COLUMNS, LENGTH]}, of one call of the kernel. */
  private final float[] sumsOfTile =
      Lanes.array(RowTapsKernel.ROWS * RowTapsKernel.COLUMNS * LENGTH);

  private float[] x;

  RowTapsGradient(Geometry geometry, LaneBlock block, boolean ofVariances) {
    this.geometry = geometry;
    this.block = block;
    this.ofVariances = ofVariances;
    this.width = block.width();
    this.registers = (geometry.output().channels() + LENGTH - 1) / LENGTH;
    Window window = geometry.window();
    int padding = window.paddingColumns();
    int reach = (window.columns() - 1) * window.dilationColumns();
    this.before = Math.max(0, reach - padding);
    this.columns = before + Math.max(geometry.output().width(), geometry.input().width() + padding);
    int pairs = registers * window.columns();
    this.triples = (pairs + RowTapsKernel.COLUMNS - 1) / RowTapsKernel.COLUMNS;
    this.offsets = new int[triples * RowTapsKernel.COLUMNS];
    for (int i = 0; i < offsets.length; i++) {
      int pair = Math.min(i, pairs - 1); // sums behind the last pair belong to nobody
      int tap = pair % window.columns() * window.dilationColumns();
      int column = pair / window.columns() * columns + before + padding - tap;
      offsets[i] = LEAD + column * width * LENGTH;
    }
  }

  @Override
  public void start(float[] x) {
    this.x = x;
    int floats =
        geometry.window().rows() * triples * geometry.input().channels() * floatsOfChannel();
    sums = block.workspace(ofVariances ? Workspace.VARIANCE_SUMS : Workspace.WEIGHT_SUMS, floats);
    Arrays.fill(sums, LEAD, LEAD + floats, 0);
  }

  private static int floatsOfChannel() {
    return RowTapsKernel.COLUMNS * LENGTH;
  }

  /** The offset of the sums of an input channel. */
  private int at(int tapRow, int triple, int channel) {
    return LEAD
        + ((tapRow * triples + triple) * geometry.input().channels() + channel) * floatsOfChannel();
  }

  @Override
  public void addRows(float[] dy, int firstRow, int rows) {
    Window window = geometry.window();
    Shape.Image in = geometry.input();
    for (int row = 0; row < rows; row++) {
      float[] turned = turned(dy, row, rows);
      for (int tapRow = 0; tapRow < window.rows(); tapRow++) {
        int read =
            (firstRow + row) * window.strideRows()
                + tapRow * window.dilationRows()
                - window.paddingRows();
        if (read >= 0 && read < in.height()) {
          add(read, tapRow, turned);
        }
      }
    }
  }

  /** Transposes a row of dy: {@code [registers, columns, width, LENGTH]}. */
  private float[] turned(float[] dy, int row, int rows) {
    Shape.Image out = geometry.output();
    int pixel = width * LENGTH;
    int line = columns * pixel;
    int end = before + out.width();
    float[] turned = block.workspace(Workspace.INPUTS, registers * line);
    for (int register = 0; register < registers; register++) {
      int to = LEAD + register * line;
      Arrays.fill(turned, to, to + before * pixel, 0);
      Arrays.fill(turned, to + end * pixel, to + line, 0);
      new Columns(register * LENGTH, LENGTH)
          .turn(
              dy,
              LEAD + row * out.width() * width,
              rows * out.width() * width,
              out.channels(),
              out.width(),
              width,
              turned,
              to + before * pixel,
              pixel);
    }
    return turned;
  }

  /** Adds the products of a row of x and the transposed row. */
  private void add(int read, int tapRow, float[] turned) {
    Shape.Image in = geometry.input();
    int terms = in.width() * width;
    int plane = in.height() * terms;
    for (int channel = 0; channel < in.channels(); ) {
      int together = RowTapsKernel.tile(in.channels() - channel);
      int from = LEAD + channel * plane + read * terms;
      for (int triple = 0; triple < triples; triple++) {
        int i = triple * RowTapsKernel.COLUMNS;
        RowTapsKernel.run(
            together,
            x,
            from,
            plane,
            turned,
            offsets[i],
            offsets[i + 1],
            offsets[i + 2],
            terms,
            sumsOfTile,
            sums,
            at(tapRow, triple, channel));
      }
      channel += together;
    }
  }

  @Override
  public void end(float[] share) {
    Window window = geometry.window();
    int outputs = geometry.output().channels();
    for (int pair = 0; pair < registers * window.columns(); pair++) {
      int first = pair / window.columns() * LENGTH;
      int count = Math.min(LENGTH, outputs - first);
      int column = pair % RowTapsKernel.COLUMNS * LENGTH;
      for (int tapRow = 0; tapRow < window.rows(); tapRow++) {
        int tap = tapRow * window.columns() + pair % window.columns();
        for (int channel = 0; channel < geometry.input().channels(); channel++) {
          int from = at(tapRow, pair / RowTapsKernel.COLUMNS, channel) + column;
          int to = first * geometry.fanIn() + channel * geometry.taps() + tap;
          for (int lane = 0; lane < count; lane++) {
            share[to + lane * geometry.fanIn()] = sums[from + lane];
          }
        }
      }
    }
  }
}
