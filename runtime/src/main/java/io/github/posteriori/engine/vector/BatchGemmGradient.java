package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.PanelGemm.PANEL;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.PanelGemm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the gradient by the weights of a map with many channels, dW = sum over images and pixels
 * of dy x, as one GEMM over the whole batch. With images in the lanes, sums over lanes would cost
 * more than the products. Each block leaves its x and dy transposed, so that channels are in the
 * lanes.
 */
final class BatchGemmGradient {
  /** Tiles of outputs of a task. */
  private static final int TILES = 8;

  private final Geometry geometry;
  private final PanelTiles tiles;
  private final int panels;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();

  /** For each tap, the runs of pixels that it connects. */
  private final List<List<Run>> runs = new ArrayList<>();

  /** Part of the GEMM: a panel of inputs, some tiles of outputs. */
  private record Task(int panel, int firstTile, int endTile) {}

  /**
   * Neighbouring pixels that a tap connects with neighbours.
   *
   * @param input the first that is read
   * @param output the first that reads
   * @param count how many
   */
  private record Run(int input, int output, int count) {}

  /** The operands that one block leaves. */
  private static final class Kept {
    private int width;

    /** {@code [panels, pixels, width, PANEL]}. */
    private float[] x;

    /** {@code [tiles, pixels, width, tile rows]}. */
    private float[] dy;
  }

  BatchGemmGradient(Geometry geometry) {
    this.geometry = geometry;
    this.tiles = new PanelTiles(1, geometry.output().channels());
    this.panels = (geometry.input().channels() + PANEL - 1) / PANEL;
    for (int panel = 0; panel < panels; panel++) {
      for (int tile = 0; tile < tiles.count(); tile += TILES) {
        tasks.add(new Task(panel, tile, Math.min(tiles.count(), tile + TILES)));
      }
    }
    TapRange[] rows = geometry.rows();
    TapRange[] columns = geometry.columns();
    for (int tap = 0; tap < geometry.taps(); tap++) {
      runs.add(runs(rows, columns, tap));
    }
  }

  private List<Run> runs(TapRange[] rows, TapRange[] columns, int tap) {
    List<Run> found = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      int row = rows[r].place(tap / geometry.window().columns());
      for (int c = 0; c < columns.length && row >= 0; c++) {
        int column = columns[c].place(tap % geometry.window().columns());
        if (column >= 0) {
          add(row * geometry.input().width() + column, r * columns.length + c, found);
        }
      }
    }
    return List.copyOf(found);
  }

  /** Adds a pair of pixels, to the last run if it goes on with them. */
  private static void add(int input, int output, List<Run> runs) {
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last != null && last.input + last.count == input && last.output + last.count == output) {
      runs.set(runs.size() - 1, new Run(last.input, last.output, last.count + 1));
    } else {
      runs.add(new Run(input, output, 1));
    }
  }

  /** Reserves memory for the operands of {@code blocks} blocks. */
  void reserve(int blocks) {
    while (kept.size() < blocks) {
      kept.add(new Kept());
    }
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
    int inputPixels = geometry.inputPixels();
    int outputPixels = geometry.outputPixels();
    if (own.x == null || own.width != width) {
      own.width = width;
      own.x = Lanes.array(panels * inputPixels * width * PANEL);
      own.dy = Lanes.array(tiles.outputs() * outputPixels * width);
    }
    for (int panel = 0; panel < panels; panel++) {
      turn(
          x,
          new Columns(panel * PANEL, PANEL),
          geometry.input().channels(),
          inputPixels,
          own.x,
          width);
    }
    for (int i = 0; i < tiles.count(); i++) {
      Tile tile = tiles.get(i);
      turn(
          dy, new Columns(tile.first(), tile.rows()), tiles.outputs(), outputPixels, own.dy, width);
    }
  }

  private static void turn(
      float[] from, Columns each, int channels, int pixels, float[] to, int width) {
    int at = LEAD + each.first() * pixels * width;
    each.turn(from, LEAD, pixels * width, channels, pixels, width, to, at, width * each.lanes());
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
    int taps = geometry.taps();
    float[] sums = scratch.sums(LEAD + taps * PanelGemm.ROWS * PANEL);
    for (int i = part.firstTile; i < part.endTile; i++) {
      Tile tile = tiles.get(i);
      int floats = tile.rows() * PANEL;
      Arrays.fill(sums, LEAD, LEAD + taps * floats, 0);
      for (int b = 0; b < blocks; b++) {
        for (int tap = 0; tap < taps; tap++) {
          add(part.panel, tile, kept.get(b), runs.get(tap), sums, LEAD + tap * floats);
        }
      }
      hand(part.panel, tile, sums, gradient);
    }
  }

  /** Adds one block's products of one tap. */
  private void add(int panel, Tile tile, Kept block, List<Run> runs, float[] sums, int at) {
    int x = LEAD + panel * geometry.inputPixels() * block.width * PANEL;
    int dy = LEAD + tile.first() * geometry.outputPixels() * block.width;
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      PanelGemm.run(
          tile.rows(),
          sums,
          at,
          PANEL,
          block.dy,
          dy + run.output * block.width * tile.rows(),
          block.x,
          x + run.input * block.width * PANEL,
          run.count * block.width,
          sums,
          at,
          PANEL);
    }
  }

  /** Writes the sums of a tile in the order of the weights. */
  private void hand(int panel, Tile tile, float[] sums, float[] gradient) {
    int taps = geometry.taps();
    int count = Math.min(PANEL, geometry.input().channels() - panel * PANEL);
    for (int m = 0; m < tile.rows(); m++) {
      int to = (tile.first() + m) * geometry.fanIn() + panel * PANEL * taps;
      for (int tap = 0; tap < taps; tap++) {
        int from = LEAD + (tap * tile.rows() + m) * PANEL;
        for (int i = 0; i < count; i++) {
          gradient[to + i * taps + tap] = sums[from + i];
        }
      }
    }
  }
}
