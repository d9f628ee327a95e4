package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;
import static io.github.posteriori.engine.vector.kernel.PanelGemm.PANEL;
import static io.github.posteriori.engine.vector.kernel.SixPoints.RUN;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.PanelGemm;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Convolves one block by {@link Winograd}, a row of patches at a time. Two registers of patches go
 * together, whose transformed inputs and products stay in the second-level cache: two neighbouring
 * patches of a narrow block, or half the images of a patch of a full one.
 */
final class WinogradMap implements RowMap {
  /** Floats of filters that are read from memory, and so for several panels at a time. */
  private static final int LARGE_FILTERS = 1 << 20;

  /** Channels that are transformed together, so that what is between stays in the first cache. */
  private static final int CHANNELS = 8;

  private final Winograd algorithm;
  private final WinogradFilters filters;
  private final Shape.Image in;
  private final Shape.Image out;
  private final int paddingRows;
  private final int paddingColumns;
  private final LaneBlock block;
  private final boolean areVariances;
  private final int width;
  private final int points;
  private final int side;
  private final int inputsOfGroup;

  /** Patches of a panel, and the registers that each has there. */
  private final int together;

  private final int registers;

  /** Inputs of a panel in one row. */
  private final int columns;

  /** Floats from one product's inputs to the next's, and from its outputs; no powers of two. */
  private final int inputStep;

  private final int outputStep;
  private final int panelsTogether;
  private final int[] outputsOfPatch;

  /**
   * Creates the map.
   *
   * @param in images that are read
   * @param out images that are written
   * @param paddingRows zeros above the images that are read
   * @param paddingColumns zeros to their left
   * @param areVariances whether neither filters nor inputs are ever negative, so that outputs must
   *     not be
   */
  WinogradMap(
      Winograd algorithm,
      WinogradFilters filters,
      Shape.Image in,
      Shape.Image out,
      int groups,
      int paddingRows,
      int paddingColumns,
      boolean areVariances,
      LaneBlock block) {
    this.algorithm = algorithm;
    this.filters = filters;
    this.in = in;
    this.out = out;
    this.inputsOfGroup = in.channels() / groups;
    this.paddingRows = paddingRows;
    this.paddingColumns = paddingColumns;
    this.areVariances = areVariances;
    this.block = block;
    this.width = block.width();
    this.points = algorithm.points();
    this.side = algorithm.outputs();
    this.together = width == LENGTH ? 2 : 1;
    this.registers = 2 / together;
    this.columns = (together - 1) * side + points;
    this.inputStep = in.channels() * PANEL + LENGTH;
    this.outputStep = out.channels() * PANEL + LENGTH;
    this.panelsTogether =
        (int) Math.max(1, Math.min(4, 2L * filters.packed().length / LARGE_FILTERS));
    this.outputsOfPatch =
        IntStream.range(0, side * side)
            .map(i -> i / side * rowFloats() + i % side * width)
            .toArray();
  }

  @Override
  public int rowsTogether() {
    return side;
  }

  /** Panels in a row of patches. */
  private int panels() {
    int patches = Winograd.patches(out.width(), algorithm.taps());
    return width == LENGTH ? (patches + 1) / 2 : patches * (width / PANEL);
  }

  /** The first patch of a panel. */
  private int patch(int panel) {
    return width == LENGTH ? 2 * panel : panel / (width / PANEL);
  }

  /** Floats from the first lane of a pixel to those that a panel takes. */
  private int lane(int panel) {
    return width == LENGTH ? 0 : panel % (width / PANEL) * PANEL;
  }

  @Override
  public int rowFloats() {
    int patches = Winograd.patches(out.width(), algorithm.taps());
    return (patches + patches % together) * side * width;
  }

  @Override
  public void run(float[] x, int patchRow, float[] y, int to, int planeFloats) {
    int inputFloats = points * points * inputStep;
    int outputFloats = points * points * outputStep;
    float[] inputs = block.workspace(Workspace.INPUTS, panelsTogether * inputFloats);
    float[] products = block.workspace(Workspace.PRODUCTS, panelsTogether * outputFloats);
    int panels = panels();
    for (int first = 0; first < panels; first += panelsTogether) {
      int count = Math.min(panelsTogether, panels - first);
      for (int i = 0; i < count; i++) {
        read(x, patchRow, first + i, inputs, LEAD + i * inputFloats);
      }
      multiply(inputs, products, count);
      for (int i = 0; i < count; i++) {
        int panel = first + i;
        int at = to + patch(panel) * side * width + lane(panel);
        write(products, LEAD + i * outputFloats, y, at, planeFloats);
      }
    }
  }

  /** Transforms the inputs of a panel: {@code B' d B}, {@code [products, in, PANEL]}. */
  private void read(float[] x, int patchRow, int panel, float[] inputs, int to) {
    int top = patchRow * side - paddingRows;
    int left = patch(panel) * side - paddingColumns;
    int firstRow = Math.max(0, -top);
    int endRow = Math.min(points, in.height() - top);
    int first = Math.max(0, -left);
    int end = Math.min(columns, in.width() - left);
    if (firstRow >= endRow || first >= end) {
      Arrays.fill(inputs, to, to + points * points * inputStep, 0);
      return;
    }
    int lanes = registers * LENGTH;
    int line = CHANNELS * RUN;
    float[] half = block.workspace(Workspace.PATCH, (CHANNELS + 1) * points * RUN);
    int patch = LEAD + points * line;
    boolean isWhole = firstRow == 0 && endRow == points;
    if (!isWhole) {
      Arrays.fill(half, patch, patch + points * RUN, 0);
    }
    clear(half, 0, first);
    clear(half, end, columns);
    for (int c = 0; c < in.channels(); c += CHANNELS) {
      int count = Math.min(CHANNELS, in.channels() - c);
      for (int i = 0; i < count; i++) {
        int plane = (c + i) * in.height() * in.width();
        int from = LEAD + (plane + top * in.width() + left + first) * width + lane(panel);
        int at = LEAD + i * RUN + first * lanes;
        if (isWhole) {
          points(x, from, in.width() * width, width, half, at, end - first);
        } else {
          for (int row = firstRow; row < endRow; row++) {
            int source = from + row * in.width() * width;
            copy(x, source, half, patch + row * RUN + first * lanes, end - first);
          }
          points(half, patch + first * lanes, RUN, lanes, half, at, end - first);
        }
      }
      for (int k = 0; k < 2; k++) {
        int register = (together == 2 ? k * side : k) * LENGTH;
        for (int row = 0; row < points; row++) {
          int next = to + row * points * inputStep + c * PANEL + k * LENGTH;
          int at = LEAD + row * line + register;
          algorithm.pointsToPanels(half, at, lanes, inputs, next, inputStep, count);
        }
      }
    }
  }

  /**
   * Clears some columns of half-transformed patches, {@code [points, CHANNELS, columns, lanes]}.
   */
  private void clear(float[] half, int first, int end) {
    for (int i = LEAD; first < end && i < LEAD + points * CHANNELS * RUN; i += RUN) {
      Arrays.fill(half, i + first * registers * LENGTH, i + end * registers * LENGTH, 0);
    }
  }

  /** Transforms some columns of a patch, {@code next} apart, in the direction of its columns. */
  private void points(float[] x, int from, int step, int next, float[] half, int to, int count) {
    int lanes = registers * LENGTH;
    int line = CHANNELS * RUN;
    if (next == lanes) {
      algorithm.points(x, from, step, half, to, line, count * registers);
      return;
    }
    for (int column = 0; column < count; column++) {
      int at = from + column * next;
      algorithm.points(x, at, step, half, to + column * lanes, line, registers);
    }
  }

  /** Copies what a panel takes of some columns. */
  private void copy(float[] x, int from, float[] patch, int to, int count) {
    int lanes = registers * LENGTH;
    if (width == lanes) {
      System.arraycopy(x, from, patch, to, count * lanes);
      return;
    }
    for (int column = 0; column < count; column++) {
      System.arraycopy(x, from + column * width, patch, to + column * lanes, lanes);
    }
  }

  /** Sums the products over the channels: {@code [panels, products, out, PANEL]}. */
  private void multiply(float[] inputs, float[] products, int panels) {
    for (int p = 0; p < points * points; p++) {
      for (int i = 0; i < filters.tiles().count(); i++) {
        Tile tile = filters.tiles().get(i);
        for (int panel = 0; panel < panels; panel++) {
          int product = panel * points * points + p;
          PanelGemm.run(
              tile.rows(),
              PanelGemm.ZEROS,
              0,
              0,
              filters.packed(),
              filters.at(p, tile),
              inputs,
              LEAD + product * inputStep + tile.group() * inputsOfGroup * PANEL,
              inputsOfGroup,
              products,
              LEAD + product * outputStep + tile.first() * PANEL,
              PANEL);
        }
      }
    }
  }

  /**
   * Computes the outputs of a panel: {@code A' (sum over channels of products) A}.
   *
   * @param from of the products
   */
  private void write(float[] products, int from, float[] y, int to, int planeFloats) {
    int lanes = CHANNELS * PANEL;
    float[] half = block.workspace(Workspace.PATCH, points * side * lanes);
    for (int c = 0; c < out.channels(); c += CHANNELS) {
      int count = Math.min(CHANNELS, out.channels() - c);
      for (int row = 0; row < points; row++) {
        int at = from + row * points * outputStep + c * PANEL;
        int next = LEAD + row * side * lanes;
        algorithm.outputs(products, at, outputStep, half, next, lanes, 2 * count);
      }
      for (int k = 0; k < 2; k++) {
        int first = to + c * planeFloats + (together == 2 ? k * side * width : k * LENGTH);
        for (int column = 0; column < side; column++) {
          algorithm.outputsOfPanels(
              half,
              LEAD + column * lanes + k * LENGTH,
              side * lanes,
              y,
              first + column * width,
              rowFloats(),
              planeFloats,
              count);
        }
      }
    }
    for (int c = 0; areVariances && c < out.channels(); c++) {
      for (int k = 0; k < together; k++) {
        int at = to + c * planeFloats + k * side * width;
        Elementwise.keepAboveRounding(y, at, outputsOfPatch, registers * LENGTH);
      }
    }
  }
}
