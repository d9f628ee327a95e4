package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;
import static io.github.posteriori.engine.vector.kernel.PanelGemm.PANEL;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.PanelGemm;
import io.github.posteriori.engine.vector.kernel.PanelLoops;
import io.github.posteriori.layers.Shape;

/**
 * Convolves one narrow block row by row. What two neighbouring outputs of a phase read is copied
 * side by side, where it stays in the first caches while all output channels are computed from it.
 */
final class PanelMap implements RowMap {
  private final PanelFilters filters;
  private final Shape.Image in;
  private final Shape.Image out;
  private final int groups;
  private final LaneBlock block;
  private final float[] noBias = new float[PanelGemm.ROWS];

  PanelMap(PanelFilters filters, Shape.Image in, Shape.Image out, int groups, LaneBlock block) {
    if (block.width() != LENGTH) {
      throw new IllegalArgumentException(
          "found a block of " + block.width() + " lanes, expected " + LENGTH);
    }
    this.filters = filters;
    this.in = in;
    this.out = out;
    this.groups = groups;
    this.block = block;
  }

  @Override
  public int rowsTogether() {
    return 1;
  }

  @Override
  public int rowFloats() {
    return out.width() * LENGTH;
  }

  @Override
  public void run(float[] x, int row, float[] y, int to, int planeFloats) {
    Axis columns = filters.columns();
    int rowPhase = filters.rows().phaseOf(row);
    int[] rows = filters.rows().places(row);
    for (int columnPhase = 0; columnPhase < columns.phases(); columnPhase++) {
      int phase = filters.phase(rowPhase, columnPhase);
      int[] outputs = columns.outputs(columnPhase);
      for (int i = 0; i < outputs.length; i += 2) {
        int second = Math.min(i + 1, outputs.length - 1);
        run(x, rows, phase, outputs[i], outputs[second], y, to, planeFloats);
      }
    }
  }

  /** Computes two outputs of a row, or one that is given twice. */
  private void run(
      float[] x, int[] rows, int phase, int first, int second, float[] y, int to, int planeFloats) {
    int terms = filters.terms(phase);
    float[] panel = block.workspace(Workspace.INPUTS, groups * terms * PANEL);
    read(x, rows, first, second, panel);
    boolean isDirect = second == first + 1;
    float[] target = isDirect ? y : block.workspace(Workspace.PATCH, PanelGemm.ROWS * PANEL);
    PanelTiles tiles = filters.tiles();
    for (int i = 0; i < tiles.count(); i++) {
      Tile tile = tiles.get(i);
      int at = to + tile.first() * planeFloats;
      PanelGemm.run(
          tile.rows(),
          noBias,
          0,
          filters.packed(phase),
          tile.first() * terms,
          panel,
          LEAD + tile.group() * terms * PANEL,
          terms,
          target,
          isDirect ? at + first * LENGTH : LEAD,
          isDirect ? planeFloats : PANEL);
      if (!isDirect) {
        for (int m = 0; m < tile.rows(); m++) {
          int plane = at + m * planeFloats;
          int from = LEAD + m * PANEL;
          System.arraycopy(target, from, y, plane + first * LENGTH, LENGTH);
          if (second != first) {
            System.arraycopy(target, from + LENGTH, y, plane + second * LENGTH, LENGTH);
          }
        }
      }
    }
  }

  /** Copies what two outputs read, {@code [in, taps, PANEL]}, tap by tap. */
  private void read(float[] x, int[] rows, int first, int second, float[] panel) {
    int[] firstPlaces = filters.columns().places(first);
    int[] secondPlaces = filters.columns().places(second);
    int taps = rows.length * firstPlaces.length;
    int plane = in.height() * in.width() * LENGTH;
    int to = LEAD;
    for (int row : rows) {
      for (int i = 0; i < firstPlaces.length; i++, to += PANEL) {
        int a =
            row < 0 || firstPlaces[i] < 0
                ? -1
                : LEAD + (row * in.width() + firstPlaces[i]) * LENGTH;
        int b =
            row < 0 || secondPlaces[i] < 0
                ? -1
                : LEAD + (row * in.width() + secondPlaces[i]) * LENGTH;
        if (a >= 0 && b >= 0) {
          PanelLoops.copy(x, a, b, plane, panel, to, taps * PANEL, in.channels());
        } else {
          half(x, a, plane, panel, to, taps);
          half(x, b, plane, panel, to + LENGTH, taps);
        }
      }
    }
  }

  private void half(float[] x, int from, int plane, float[] panel, int to, int taps) {
    if (from < 0) {
      PanelLoops.clear(panel, to, taps * PANEL, in.channels());
    } else {
      PanelLoops.copy(x, from, plane, panel, to, taps * PANEL, in.channels());
    }
  }
}
