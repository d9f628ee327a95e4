package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.GradientOffsets.Pair;
import io.github.posteriori.engine.vector.kernel.GemmKernel;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the gradient by the weights of a map with many channels, dW = sum over images and pixels
 * of x dy, as one GEMM over the whole batch. With images in the lanes, sums over lanes would cost
 * more than the products. Each block leaves its x, and its dy transposed so that the output
 * channels are in the lanes.
 */
final class BatchGemmGradient {
  /** Maximum number of input channels of a task, whose sums then stay in the cache. */
  private static final int CHANNELS_OF_TASK = 192;

  /** Floats of the largest register tile. */
  private static final int TILE = Lanes.ROWS * Lanes.FULL;

  private final Geometry geometry;
  private final List<Columns> columns;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private final Map<Layout, GradientOffsets> pairs = new HashMap<>();
  private final int paddedOutputs;

  /** Key of an offset table: images of a block, and output channels in neighbouring lanes. */
  private record Layout(int width, int lanes) {}

  /** Part of the GEMM: a row of a filter's taps, some outputs, some inputs. */
  private record Task(int row, Columns columns, int firstInput, int endInput) {}

  /** The operands that one block leaves. */
  private static final class Kept {
    private int width;

    /** {@code [in, pixels, width]}. */
    private float[] x;

    /** {@code [pixels, columns, width, lanes]}. */
    private float[] dy;
  }

  BatchGemmGradient(Geometry geometry) {
    this.geometry = geometry;
    this.columns = Columns.of(geometry.output().channels());
    this.paddedOutputs = columns.get(columns.size() - 1).end();
    int inputs = geometry.input().channels();
    for (Columns each : columns) {
      for (int row = 0; row < geometry.window().rows(); row++) {
        for (int i = 0; i < inputs; i += CHANNELS_OF_TASK) {
          tasks.add(new Task(row, each, i, Math.min(inputs, i + CHANNELS_OF_TASK)));
        }
      }
    }
  }

  /** Reserves memory for the operands of {@code blocks} blocks. */
  void reserve(int blocks) {
    while (kept.size() < blocks) {
      kept.add(new Kept());
    }
    if (pairs.isEmpty()) {
      for (Columns each : columns) {
        pair(Lanes.FULL, each.lanes());
        pair(Lanes.LENGTH, each.lanes());
      }
    }
  }

  private void pair(int width, int lanes) {
    pairs.computeIfAbsent(
        new Layout(width, lanes),
        layout -> new GradientOffsets(geometry, width, paddedOutputs * width, lanes));
  }

  /**
   * Keeps a copy of a block's operands.
   *
   * @param x {@code [in, pixels, width]}
   * @param dy {@code [out, pixels, width]}
   */
  void keep(LaneBlock block, float[] x, float[] dy) {
    Kept own = kept.get(block.index());
    int width = block.width();
    int pixels = geometry.outputPixels();
    int in = geometry.input().size() * width;
    if (own.x == null || own.width != width) {
      own.width = width;
      own.x = Lanes.array(in);
      own.dy = Lanes.array(pixels * width * paddedOutputs);
    }
    System.arraycopy(x, LEAD, own.x, LEAD, in);
    int outputs = geometry.output().channels();
    for (Columns each : columns) {
      int to = LEAD + each.first() * width;
      int step = pixels * width;
      each.turn(dy, LEAD, step, outputs, pixels, width, own.dy, to, paddedOutputs * width);
    }
  }

  /** The number of independent parts of the GEMM. */
  int tasks() {
    return tasks.size();
  }

  /**
   * Computes one part, block by block.
   *
   * @param blocks how many blocks the batch has
   * @param gradient {@code [out, in, rows, columns]}, of which the part is overwritten
   * @param scratch of the worker
   */
  void run(int task, int blocks, float[] gradient, Scratch scratch) {
    Task part = tasks.get(task);
    int tiles = 0;
    for (int input = part.firstInput; input < part.endInput; tiles++) {
      input += Lanes.tile(part.endInput - input);
    }
    int taps = geometry.window().columns();
    float[] sums = scratch.sums(LEAD + taps * tiles * TILE);
    Arrays.fill(sums, LEAD, LEAD + taps * tiles * TILE, 0);
    for (int b = 0; b < blocks; b++) {
      add(part, kept.get(b), tiles, sums);
    }
    int from = LEAD;
    for (int input = part.firstInput; input < part.endInput; from += TILE) {
      int rows = Lanes.tile(part.endInput - input);
      hand(part, input, rows, sums, from, tiles * TILE, gradient);
      input += rows;
    }
  }

  /**
   * Writes the sums of a tile of inputs in the order of the weights, each output's taps together.
   */
  private void hand(
      Task part, int input, int rows, float[] sums, int from, int tapStep, float[] gradient) {
    int taps = geometry.taps();
    int together = geometry.window().columns();
    int lanes = part.columns.lanes();
    int count = Math.min(lanes, geometry.output().channels() - part.columns.first());
    for (int o = 0; o < count; o++) {
      int at = (part.columns.first() + o) * geometry.fanIn() + input * taps + part.row * together;
      for (int m = 0; m < rows; m++) {
        for (int tap = 0; tap < together; tap++) {
          gradient[at + m * taps + tap] = sums[from + tap * tapStep + m * lanes + o];
        }
      }
    }
  }

  /**
   * Adds one block's contribution to a part, band by band: a band's dy serves all taps and inputs.
   */
  private void add(Task part, Kept block, int tiles, float[] sums) {
    int taps = geometry.window().columns();
    GradientOffsets bands = pairs.get(new Layout(block.width, part.columns.lanes()));
    for (int band = 0; band < bands.count(); band++) {
      for (int tap = 0; tap < taps; tap++) {
        Pair pair = bands.of(band, part.row * taps + tap);
        if (pair.x().length > 0) {
          add(part, block, pair, sums, LEAD + tap * tiles * TILE);
        }
      }
    }
  }

  /** Adds one tap's products in one band, for all inputs of the task. */
  private void add(Task part, Kept block, Pair pair, float[] sums, int first) {
    int plane = geometry.inputPixels() * block.width;
    int lanes = part.columns.lanes();
    int d = LEAD + part.columns.first() * block.width + pair.firstDy();
    int p = first;
    for (int input = part.firstInput; input < part.endInput; p += TILE) {
      int rows = Lanes.tile(part.endInput - input);
      int v = LEAD + input * plane + pair.firstX();
      GemmKernel.run(
          lanes,
          rows,
          sums,
          p,
          lanes,
          Lanes.LENGTH,
          block.x,
          v,
          plane,
          pair.x(),
          block.dy,
          d,
          pair.dy(),
          pair.dy().length,
          sums,
          p,
          lanes);
      input += rows;
    }
  }
}
