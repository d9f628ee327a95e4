package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;
import static io.github.posteriori.engine.vector.kernel.PanelGemm.PANEL;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.PanelGemm;
import io.github.posteriori.engine.vector.kernel.PanelLoops;
import io.github.posteriori.layers.Shape;

/**
 * Convolves one block row by row. What two registers of outputs read is copied side by side, where
 * it stays in the first caches while all output channels are computed from it: two neighbouring
 * outputs of a phase in a narrow block, or half the images of one output in a full one.
 */
final class PanelMap implements RowMap {
  private final PanelFilters filters;
  private final Shape.Image in;
  private final Shape.Image out;
  private final int groups;
  private final LaneBlock block;
  private final int width;

  PanelMap(PanelFilters filters, Shape.Image in, Shape.Image out, int groups, LaneBlock block) {
    this.filters = filters;
    this.in = in;
    this.out = out;
    this.groups = groups;
    this.block = block;
    this.width = block.width();
  }

  @Override
  public int rowsTogether() {
    return 1;
  }

  @Override
  public int rowFloats() {
    return out.width() * width;
  }

  @Override
  public void run(float[] x, int row, float[] y, int to, int planeFloats) {
    Axis columns = filters.columns();
    int rowPhase = filters.rows().phaseOf(row);
    int[] rows = filters.rows().places(row);
    for (int columnPhase = 0; columnPhase < columns.phases(); columnPhase++) {
      int phase = filters.phase(rowPhase, columnPhase);
      int[] outputs = columns.outputs(columnPhase);
      if (width > LENGTH) {
        for (int output : outputs) {
          for (int lane = 0; lane < width; lane += PANEL) {
            read(x, rows, output, lane, output, lane + LENGTH);
            multiply(phase, y, to + output * width + lane, LENGTH, planeFloats);
          }
        }
        continue;
      }
      for (int i = 0; i < outputs.length; i += 2) {
        int second = Math.min(i + 1, outputs.length - 1);
        read(x, rows, outputs[i], 0, outputs[second], 0);
        int distance = (outputs[second] - outputs[i]) * LENGTH;
        multiply(phase, y, to + outputs[i] * LENGTH, distance, planeFloats);
      }
    }
  }

  /**
   * Computes all channels of a panel.
   *
   * @param at of the first register's outputs
   * @param distance to those of the second; 0 where there is none
   */
  private void multiply(int phase, float[] y, int at, int distance, int planeFloats) {
    int terms = filters.terms(phase);
    float[] panel = block.workspace(Workspace.INPUTS, groups * terms * PANEL);
    boolean isDirect = distance == LENGTH;
    float[] target = isDirect ? y : block.workspace(Workspace.PATCH, PanelGemm.ROWS * PANEL);
    PanelTiles tiles = filters.tiles();
    for (int i = 0; i < tiles.count(); i++) {
      Tile tile = tiles.get(i);
      int to = at + tile.first() * planeFloats;
      PanelGemm.run(
          tile.rows(),
          PanelGemm.ZEROS,
          0,
          0,
          filters.packed(phase),
          tile.first() * terms,
          panel,
          LEAD + tile.group() * terms * PANEL,
          terms,
          target,
          isDirect ? to : LEAD,
          isDirect ? planeFloats : PANEL);
      for (int m = 0; m < tile.rows() && !isDirect; m++) {
        int from = LEAD + m * PANEL;
        System.arraycopy(target, from, y, to + m * planeFloats, LENGTH);
        if (distance > 0) {
          System.arraycopy(target, from + LENGTH, y, to + m * planeFloats + distance, LENGTH);
        }
      }
    }
  }

  /** Copies what two registers of outputs read, {@code [in, taps, PANEL]}, tap by tap. */
  private void read(float[] x, int[] rows, int first, int lane, int second, int otherLane) {
    int[] places = filters.columns().places(first);
    int[] otherPlaces = filters.columns().places(second);
    int taps = rows.length * places.length;
    float[] panel = block.workspace(Workspace.INPUTS, in.channels() * taps * PANEL);
    int to = LEAD;
    for (int row : rows) {
      for (int i = 0; i < places.length; i++, to += PANEL) {
        int from = at(row, places[i], lane);
        int other = at(row, otherPlaces[i], otherLane);
        if (from >= 0 && other >= 0) {
          PanelLoops.copy(x, from, other, plane(), panel, to, taps * PANEL, in.channels());
        } else {
          copy(x, from, panel, to, taps * PANEL);
          copy(x, other, panel, to + LENGTH, taps * PANEL);
        }
      }
    }
  }

  private int plane() {
    return in.height() * in.width() * width;
  }

  /** The offset of an input of the first channel; -1 beyond the image. */
  private int at(int row, int column, int lane) {
    return row < 0 || column < 0 ? -1 : LEAD + (row * in.width() + column) * width + lane;
  }

  private void copy(float[] x, int from, float[] panel, int to, int next) {
    if (from < 0) {
      PanelLoops.clear(panel, to, next, in.channels());
    } else {
      PanelLoops.copy(x, from, plane(), panel, to, next, in.channels());
    }
  }
}
