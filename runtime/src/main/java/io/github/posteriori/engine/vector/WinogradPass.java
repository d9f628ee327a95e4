package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.layers.Shape;

/**
 * Computes a linear map on one block forward by {@link Winograd}, and back likewise or directly.
 */
final class WinogradPass extends DirectPass {
  private final WinogradWeights weights;
  private final WinogradMap forward;
  private final WinogradMap backward;
  private final Shape.Image output;
  private final LaneBlock block;
  private final int width;
  private float[] x;

  /** {@code [out, rows at work, columns, width]}. */
  private float[] y;

  private int firstRow;
  private int planeFloats;

  WinogradPass(WinogradWeights weights, LaneBlock block) {
    super(weights, block);
    this.weights = weights;
    this.forward = weights.forward(block);
    this.backward = weights.backward(block);
    this.output = weights.geometry().output();
    this.block = block;
    this.width = block.width();
  }

  @Override
  void forward(float[] x) {
    this.x = x;
  }

  @Override
  int rowsTogether() {
    return forward.side();
  }

  @Override
  void rows(int first, int count) {
    int patchRows = (count + forward.side() - 1) / forward.side();
    int patchFloats = forward.side() * forward.rowFloats();
    firstRow = first;
    planeFloats = patchRows * patchFloats;
    y = rows(output.channels() * planeFloats);
    for (int r = 0; r < patchRows; r++) {
      forward.run(x, first / forward.side() + r, y, LEAD + r * patchFloats, planeFloats);
    }
  }

  private float[] rows(int floats) {
    return block.workspace(weights.areVariances() ? Workspace.VARIANCES : Workspace.MEANS, floats);
  }

  @Override
  void row(Tile tile, int row, float[] target, int at, int rowStep) {
    for (int m = 0; m < tile.rows(); m++) {
      int channel = tile.first() + m;
      Elementwise.affine(
          y,
          LEAD + channel * planeFloats + (row - firstRow) * forward.rowFloats(),
          1,
          weights.bias()[channel * LENGTH],
          target,
          at + m * rowStep,
          output.width() * width);
    }
  }

  @Override
  void inputGradient(float[] dy, float[] dx) {
    if (backward == null) {
      super.inputGradient(dy, dx);
    } else {
      runBack(dy, null, dx);
    }
  }

  @Override
  void addInputGradient(float[] dy, float[] x, float[] dx) {
    if (backward == null) {
      super.addInputGradient(dy, x, dx);
    } else {
      runBack(dy, x, dx);
    }
  }

  /** Computes dx = op_x(W, dy), or adds 2 x op_x(W, dy) where x is given. */
  private void runBack(float[] dy, float[] x, float[] dx) {
    Shape.Image input = weights.geometry().input();
    int planeFloats = backward.side() * backward.rowFloats();
    float[] y = rows(input.channels() * planeFloats);
    int floats = input.width() * width;
    for (int patchRow = 0; patchRow < backward.patchRows(); patchRow++) {
      backward.run(dy, patchRow, y, LEAD, planeFloats);
      int first = patchRow * backward.side();
      int end = Math.min(input.height(), first + backward.side());
      for (int channel = 0; channel < input.channels(); channel++) {
        for (int row = first; row < end; row++) {
          int from = LEAD + channel * planeFloats + (row - first) * backward.rowFloats();
          int to = LEAD + (channel * input.height() + row) * floats;
          if (x == null) {
            System.arraycopy(y, from, dx, to, floats);
          } else {
            Elementwise.addTwice(x, to, y, from, dx, to, floats);
          }
        }
      }
    }
  }
}
