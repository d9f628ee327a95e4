package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.layers.Shape;

/**
 * Computes a linear map on one block by a {@link RowMap}, and back likewise, unless a {@link
 * PooledBackward} does that.
 */
final class RowMapPass extends DirectPass {
  private final RowMapWeights weights;
  private final RowMap forward;
  private final RowMap backward;
  private final Shape.Image output;
  private final LaneBlock block;
  private final int width;
  private float[] x;

  /** {@code [out, rows at work, columns, width]}. */
  private float[] y;

  private int firstRow;
  private int planeFloats;

  RowMapPass(RowMapWeights weights, LaneBlock block) {
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
    return forward.rowsTogether();
  }

  @Override
  void rows(int first, int count) {
    int runs = (count + forward.rowsTogether() - 1) / forward.rowsTogether();
    int floats = forward.rowsTogether() * forward.rowFloats();
    firstRow = first;
    this.planeFloats = runs * floats;
    y = rows(output.channels() * planeFloats);
    for (int r = 0; r < runs; r++) {
      forward.run(x, first / forward.rowsTogether() + r, y, LEAD + r * floats, planeFloats);
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
    runBack(dy, null, dx);
  }

  @Override
  void addInputGradient(float[] dy, float[] x, float[] dx) {
    runBack(dy, x, dx);
  }

  /** Computes dx = op_x(W, dy), or adds 2 x op_x(W, dy) where x is given. */
  private void runBack(float[] dy, float[] x, float[] dx) {
    Shape.Image input = weights.geometry().input();
    int planeFloats = backward.rowsTogether() * backward.rowFloats();
    float[] y = rows(input.channels() * planeFloats);
    int floats = input.width() * width;
    for (int index = 0; index * backward.rowsTogether() < input.height(); index++) {
      backward.run(dy, index, y, LEAD, planeFloats);
      int first = index * backward.rowsTogether();
      int end = Math.min(input.height(), first + backward.rowsTogether());
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
