package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;
import static io.github.posteriori.engine.vector.kernel.PanelGemm.PANEL;

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
        for (int channel = 0; channel < out.channels(); channel++) {
          int from = LEAD + i * outputFloats + channel * PANEL;
          write(products, from, y, at + channel * planeFloats);
        }
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
    int line = columns * lanes;
    int half = LEAD + points * line;
    float[] patch = block.workspace(Workspace.PATCH, 2 * points * line);
    boolean isWhole = firstRow == 0 && endRow == points;
    if (!isWhole || first > 0 || end < columns) {
      Arrays.fill(patch, 0, LEAD + 2 * points * line, 0);
    }
    for (int c = 0; c < in.channels(); c++) {
      int from = LEAD + ((c * in.height() + top) * in.width() + left) * width + lane(panel);
      if (isWhole) {
        for (int r = 0; r < registers; r++) {
          algorithm.points(
              x,
              from + first * width + r * LENGTH,
              in.width() * width,
              width,
              patch,
              half + first * lanes + r * LENGTH,
              line,
              lanes,
              end - first);
        }
      } else {
        for (int row = firstRow; row < endRow; row++) {
          for (int column = first; column < end; column++) {
            System.arraycopy(
                x,
                from + (row * in.width() + column) * width,
                patch,
                LEAD + row * line + column * lanes,
                lanes);
          }
        }
        algorithm.points(patch, LEAD, line, LENGTH, patch, half, line, LENGTH, columns * registers);
      }
      for (int k = 0; k < 2; k++) {
        algorithm.points(
            patch,
            half + (together == 2 ? k * side * lanes : k * LENGTH),
            lanes,
            line,
            inputs,
            to + c * PANEL + k * LENGTH,
            inputStep,
            points * inputStep,
            points);
      }
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

  /** Computes an output channel of a panel: {@code A' (sum over channels of products) A}. */
  private void write(float[] products, int from, float[] y, int to) {
    float[] half = block.workspace(Workspace.PATCH, points * side * PANEL);
    for (int k = 0; k < 2; k++) {
      algorithm.outputs(
          products,
          from + k * LENGTH,
          outputStep,
          points * outputStep,
          half,
          LEAD + k * LENGTH,
          PANEL,
          side * PANEL,
          points);
    }
    for (int k = 0; k < 2; k++) {
      int at = to + (together == 2 ? k * side * width : k * LENGTH);
      algorithm.outputs(
          half, LEAD + k * LENGTH, side * PANEL, PANEL, y, at, rowFloats(), width, side);
    }
    if (areVariances) {
      for (int k = 0; k < together; k++) {
        int at = to + k * side * width;
        Elementwise.keepAboveRounding(y, at, outputsOfPatch, registers * LENGTH);
      }
    }
  }
}
