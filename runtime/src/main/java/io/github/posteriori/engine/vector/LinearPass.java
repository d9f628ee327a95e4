package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.Sums;

/** A linear map y = op(x, W) + b on one block of images: forward, and the gradients by W and x. */
abstract sealed class LinearPass permits DirectPass, ToomCookPass {
  private final LinearWeights weights;
  private final LaneBlock block;
  private final float[] lanes = new float[Lanes.LENGTH];

  LinearPass(LinearWeights weights, LaneBlock block) {
    this.weights = weights;
    this.block = block;
  }

  /** Takes in x: {@code [in, pixels, width]}. */
  abstract void forward(float[] x);

  /**
   * One row of the outputs of a tile, to {@code [tile rows, columns, width]} from {@code at} on.
   * The rows of a tile are asked for one after the other.
   */
  abstract void row(Tile tile, int row, float[] y, int at, int rowStep);

  /** Leaves the block's share of the gradient by the bias: dy summed over pixels and images. */
  final void biasGradient(float[] dy, int pixels) {
    float[] share = weights.biasShare(block.index());
    int count = pixels * block.width();
    for (int o = 0; o < share.length; o++) {
      share[o] = Sums.of(dy, LEAD + o * count, count, lanes);
    }
  }

  /** Output rows in which {@link #addRows} likes to be given the gradients. */
  abstract int bandRows();

  /** Takes note of x for the gradient by the weights. */
  abstract void startGradient(float[] x);

  /**
   * Takes in what some rows of the output say of the weights.
   *
   * @param dy {@code [out, rows, columns, width]}
   */
  abstract void addRows(float[] dy, int firstRow, int rows);

  /** Leaves the block's share of the gradient by the weights. */
  abstract void endGradient();

  /**
   * dx = op_x(W, dy): {@code [in, pixels, width]}.
   *
   * @param dy all rows, as they were given to {@link #addRows}
   */
  abstract void inputGradient(float[] dy, float[] dx);
}
