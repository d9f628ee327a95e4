package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.Sums;

/** Computes a linear map y = op(x, W) + b on one block, and the gradients by W, b and x. */
abstract sealed class LinearPass permits AdjointPass, DirectPass, DepthwisePass, ToomCookPass {
  private final LinearWeights weights;
  private final LaneBlock block;
  private final float[] lanes = new float[Lanes.LENGTH];

  LinearPass(LinearWeights weights, LaneBlock block) {
    this.weights = weights;
    this.block = block;
  }

  /**
   * Whether a map of variances takes x itself where it is said to take its squares, and squares
   * what it reads.
   */
  boolean squares() {
    return false;
  }

  /** Takes x, {@code [in, pixels, width]}. */
  abstract void forward(float[] x);

  /** The number of output rows that are best computed together. */
  abstract int rowsTogether();

  /**
   * Prepares for some output rows, all that {@link #row} is asked for before the next call.
   *
   * @param first a multiple of {@link #rowsTogether()}
   */
  abstract void rows(int first, int count);

  /**
   * Writes one output row of a tile to {@code [tile rows, columns, width]} from {@code at} on. Rows
   * of a tile are asked for in their order.
   */
  abstract void row(Tile tile, int row, float[] y, int at, int rowStep);

  /** Computes the block's gradient by the bias: dy summed over pixels and images. */
  final void biasGradient(float[] dy, int pixels) {
    float[] share = weights.biasShare(block.index());
    int count = pixels * block.width();
    for (int o = 0; o < share.length; o++) {
      share[o] = Sums.of(dy, LEAD + o * count, count, lanes);
    }
  }

  /** The number of output rows that {@link #addRows} takes best at a time. */
  abstract int bandRows();

  /** Starts the gradient by the weights for x, {@code [in, pixels, width]}. */
  abstract void startGradient(float[] x);

  /**
   * Adds the products of some output rows to the gradient by the weights.
   *
   * @param dy {@code [out, rows, columns, width]}
   */
  abstract void addRows(float[] dy, int firstRow, int rows);

  /** Completes the block's gradient by the weights. */
  abstract void endGradient();

  /**
   * Computes dx = op_x(W, dy), {@code [in, pixels, width]}.
   *
   * @param dy all rows, as they were given to {@link #addRows}
   */
  abstract void inputGradient(float[] dy, float[] dx);

  /**
   * Computes dx += 2 x op_x(W, dy), which a map of x^2 contributes.
   *
   * @param dy all rows, as they were given to {@link #addRows}
   */
  void addInputGradient(float[] dy, float[] x, float[] dx) {
    int floats = weights.geometry().input().size() * block.width();
    float[] own = block.workspace(Workspace.SQUARES_GRADIENT, floats);
    inputGradient(dy, own);
    Elementwise.addTwice(x, LEAD, own, LEAD, dx, LEAD, floats);
  }
}
