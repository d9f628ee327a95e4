package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;
import static io.github.posteriori.engine.vector.kernel.PanelGemm.PANEL;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.PanelGemm;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;

/**
 * Computes one block's gradient by filters of 3 x 3 or 5 x 5 taps by {@link Winograd}, whose
 * products are linear in the filters:
 *
 * <pre>
 *   dg = G' (sum over images and patches of  A dy A' * B' d B) G
 * </pre>
 *
 * For each of the 36 or 49 points that is a GEMM with the images of all patches as terms. Rows of
 * patches are transposed so that channels are in the lanes, x in panels of {@link PanelGemm} and dy
 * in its tiles, and transformed a few patches at a time.
 */
final class WinogradGradient implements BlockGradient {
  /** Terms of a GEMM: more of them would not stay in the second-level cache. */
  private static final int TERMS = 128;

  private final Geometry geometry;
  private final LaneBlock block;
  private final boolean ofVariances;
  private final int width;
  private final Winograd algorithm;
  private final int taps;

  /** Inputs of a patch in one direction, and points; those of both directions. */
  private final int points;

  private final int products;

  /** Outputs of a patch in one direction. */
  private final int side;

  private final PanelTiles tiles;
  private final int panels;
  private final int patchRows;
  private final int patchColumns;
  private final int together;

  /** {@code [panels, tiles, products, tile rows, PANEL]}. */
  private float[] sums;

  private float[] x;

  WinogradGradient(Geometry geometry, LaneBlock block, boolean ofVariances) {
    this.geometry = geometry;
    this.block = block;
    this.ofVariances = ofVariances;
    this.width = block.width();
    this.algorithm = new Winograd(geometry.window().rows(), LENGTH);
    this.taps = algorithm.taps();
    this.points = algorithm.points();
    this.products = points * points;
    this.side = algorithm.outputs();
    this.tiles = new PanelTiles(1, geometry.output().channels());
    this.panels = (geometry.input().channels() + PANEL - 1) / PANEL;
    this.patchRows = Winograd.patches(geometry.output().height(), taps);
    this.patchColumns = Winograd.patches(geometry.output().width(), taps);
    this.together = Math.max(1, TERMS / width);
  }

  @Override
  public void start(float[] x) {
    this.x = x;
    int floats = panels * products * tiles.outputs() * PANEL;
    sums = block.workspace(ofVariances ? Workspace.VARIANCE_SUMS : Workspace.WEIGHT_SUMS, floats);
    Arrays.fill(sums, LEAD, LEAD + floats, 0);
  }

  /** The offset of the sums of a product. */
  private int at(int panel, Tile tile, int product) {
    int tilesBefore = panel * tiles.outputs() + tile.first();
    return LEAD + (tilesBefore * products + product * tile.rows()) * PANEL;
  }

  /** Columns of a row of patches of x. */
  private int inputColumns() {
    return patchColumns * side + taps - 1;
  }

  private int outputColumns() {
    return patchColumns * side;
  }

  /** {@inheritDoc} There are always all rows. */
  @Override
  public void addRows(float[] dy, int firstRow, int rows) {
    Shape.Image in = geometry.input();
    Shape.Image out = geometry.output();
    int inputFloats = points * inputColumns() * width * PANEL;
    int outputFloats = side * outputColumns() * width;
    float[] inputs = block.workspace(Workspace.PADDED, panels * inputFloats);
    float[] outputs = block.workspace(Workspace.PADDED_SQUARES, tiles.outputs() * outputFloats);
    for (int patchRow = 0; patchRow < patchRows; patchRow++) {
      int top = patchRow * side - geometry.window().paddingRows();
      int left = -geometry.window().paddingColumns();
      for (int panel = 0; panel < panels; panel++) {
        Columns each = new Columns(panel * PANEL, PANEL);
        int to = LEAD + panel * inputFloats;
        turn(x, in, each, top, left, points, inputColumns(), inputs, to);
      }
      for (int i = 0; i < tiles.count(); i++) {
        Tile tile = tiles.get(i);
        Columns each = new Columns(tile.first(), tile.rows());
        int to = LEAD + tile.first() * outputFloats;
        turn(dy, out, each, patchRow * side, 0, side, outputColumns(), outputs, to);
      }
      for (int first = 0; first < patchColumns; first += together) {
        int count = Math.min(together, patchColumns - first);
        multiply(inputs, inputFloats, outputs, outputFloats, first, count);
      }
    }
  }

  /**
   * Transposes some rows of a map so that channels are in the lanes: {@code [rows, columns, width,
   * lanes]}, with zeros beyond the image.
   */
  private void turn(
      float[] from,
      Shape.Image image,
      Columns each,
      int top,
      int left,
      int rows,
      int columns,
      float[] to,
      int at) {
    int pixel = width * each.lanes();
    int plane = image.height() * image.width() * width;
    int first = Math.max(0, -left);
    int end = Math.min(columns, image.width() - left);
    for (int row = 0; row < rows; row++) {
      int target = at + row * columns * pixel;
      boolean isWhole = each.end() <= image.channels() && first == 0 && end == columns;
      boolean isOutside = top + row < 0 || top + row >= image.height() || end <= first;
      if (!isWhole || isOutside) {
        Arrays.fill(to, target, target + columns * pixel, 0);
      }
      if (!isOutside) {
        int source = LEAD + ((top + row) * image.width() + left + first) * width;
        each.turn(
            from,
            source,
            plane,
            image.channels(),
            end - first,
            width,
            to,
            target + first * pixel,
            pixel);
      }
    }
  }

  /** Transforms some patches of a row and adds their products. */
  private void multiply(
      float[] inputs, int inputFloats, float[] outputs, int outputFloats, int first, int count) {
    int terms = count * width;
    float[] transformed = block.workspace(Workspace.INPUTS, panels * products * terms * PANEL);
    float[] values = block.workspace(Workspace.PRODUCTS, tiles.outputs() * products * terms);
    for (int patch = 0; patch < count; patch++) {
      int column = (first + patch) * side;
      for (int panel = 0; panel < panels; panel++) {
        int run = width * PANEL;
        points(
            inputs,
            LEAD + panel * inputFloats + column * run,
            inputColumns() * run,
            run,
            transformed,
            LEAD + panel * products * terms * PANEL + patch * run,
            terms * PANEL);
      }
      for (int i = 0; i < tiles.count(); i++) {
        Tile tile = tiles.get(i);
        int run = width * tile.rows();
        values(
            outputs,
            LEAD + tile.first() * outputFloats + column * run,
            outputColumns() * run,
            run,
            values,
            LEAD + tile.first() * products * terms + patch * run,
            terms * tile.rows());
      }
    }
    for (int panel = 0; panel < panels; panel++) {
      for (int p = 0; p < products; p++) {
        for (int i = 0; i < tiles.count(); i++) {
          Tile tile = tiles.get(i);
          int sum = at(panel, tile, p);
          PanelGemm.run(
              tile.rows(),
              sums,
              sum,
              PANEL,
              values,
              LEAD + (tile.first() * products + p * tile.rows()) * terms,
              transformed,
              LEAD + (panel * products + p) * terms * PANEL,
              terms,
              sums,
              sum,
              PANEL);
        }
      }
    }
  }

  /** Computes {@code B' d B} of a patch, whose pixels have {@code run} numbers. */
  private void points(float[] x, int from, int rowStep, int run, float[] y, int to, int pointStep) {
    float[] half = block.workspace(Workspace.PATCH, products * run);
    int count = run / LENGTH;
    for (int column = 0; column < points; column++) {
      algorithm.points(
          x, from + column * run, rowStep, half, LEAD + column * run, points * run, count);
    }
    for (int row = 0; row < points; row++) {
      algorithm.points(
          half, LEAD + row * points * run, run, y, to + row * points * pointStep, pointStep, count);
    }
  }

  /** Computes {@code A dy A'} of a patch, whose pixels have {@code run} numbers. */
  private void values(float[] x, int from, int rowStep, int run, float[] y, int to, int pointStep) {
    float[] half = block.workspace(Workspace.PATCH, products * run);
    int count = run / LENGTH;
    for (int column = 0; column < side; column++) {
      algorithm.values(
          x, from + column * run, rowStep, half, LEAD + column * run, side * run, count);
    }
    for (int row = 0; row < points; row++) {
      algorithm.values(
          half, LEAD + row * side * run, run, y, to + row * points * pointStep, pointStep, count);
    }
  }

  /** Computes {@code G' S G} of each tile and panel. */
  @Override
  public void end(float[] share) {
    int most = PanelGemm.ROWS * PANEL;
    float[] half = block.workspace(Workspace.PATCH, (points + taps) * taps * most);
    for (int panel = 0; panel < panels; panel++) {
      for (int i = 0; i < tiles.count(); i++) {
        Tile tile = tiles.get(i);
        int floats = tile.rows() * PANEL;
        int count = floats / LENGTH;
        for (int row = 0; row < points; row++) {
          algorithm.taps(
              sums,
              at(panel, tile, row * points),
              floats,
              half,
              LEAD + row * taps * floats,
              floats,
              count);
        }
        int filters = LEAD + points * taps * floats;
        for (int column = 0; column < taps; column++) {
          algorithm.taps(
              half,
              LEAD + column * floats,
              taps * floats,
              half,
              filters + column * floats,
              taps * floats,
              count);
        }
        hand(panel, tile, half, filters, share);
      }
    }
  }

  /** Writes the gradient of a tile in the order of the weights. */
  private void hand(int panel, Tile tile, float[] filters, int from, float[] share) {
    int taps = geometry.taps();
    int count = Math.min(PANEL, geometry.input().channels() - panel * PANEL);
    for (int m = 0; m < tile.rows(); m++) {
      int to = (tile.first() + m) * geometry.fanIn() + panel * PANEL * taps;
      for (int tap = 0; tap < taps; tap++) {
        int at = from + (tap * tile.rows() + m) * PANEL;
        for (int i = 0; i < count; i++) {
          share[to + i * taps + tap] = filters[at + i];
        }
      }
    }
  }
}
