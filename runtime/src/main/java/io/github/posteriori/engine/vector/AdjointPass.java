package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;

/**
 * Computes a transposed convolution y = op(x, W) + b on one block by the convolution op* whose
 * adjoint it is, from y's shape to x's:
 *
 * <pre>
 *   op(x, W) = op*_y(W, x), its gradient by the input     dx = op*(dy, W)
 *   dW = op*_W(dy, x), where dy is the input and x the gradient by the output
 * </pre>
 */
final class AdjointPass extends LinearPass {
  private final AdjointWeights weights;
  private final LinearPass convolution;
  private final Shape.Image input;
  private final Shape.Image output;
  private final int width;
  private final float[] y;
  private float[] x;

  AdjointPass(AdjointWeights weights, LinearPass convolution, LaneBlock block) {
    super(weights, block);
    this.weights = weights;
    this.convolution = convolution;
    this.input = weights.geometry().input();
    this.output = weights.geometry().output();
    this.width = block.width();
    this.y = Lanes.array(output.size() * width);
  }

  @Override
  void forward(float[] x) {
    convolution.inputGradient(x, y);
  }

  @Override
  int rowsTogether() {
    return output.height();
  }

  @Override
  void rows(int first, int count) {}

  /** Copies a row, of variances those that fast algorithms round to less than 0 as 0. */
  @Override
  void row(Tile tile, int row, float[] target, int at, int rowStep) {
    int floats = output.width() * width;
    for (int m = 0; m < tile.rows(); m++) {
      int channel = tile.first() + m;
      int from = LEAD + (channel * output.height() + row) * floats;
      float bias = weights.bias()[channel * LENGTH];
      Elementwise.affine(y, from, 1, bias, target, at + m * rowStep, floats);
      if (weights.areVariances()) {
        Elementwise.atLeast(bias, target, at + m * rowStep, floats);
      }
    }
  }

  /** All, since they are the convolution's inputs. */
  @Override
  int bandRows() {
    return output.height();
  }

  @Override
  void startGradient(float[] x) {
    this.x = x;
  }

  @Override
  void addRows(float[] dy, int firstRow, int rows) {
    convolution.startGradient(dy);
    convolution.addRows(x, 0, input.height());
    convolution.endGradient();
  }

  @Override
  void endGradient() {}

  @Override
  void inputGradient(float[] dy, float[] dx) {
    convolution.forward(dy);
    int rows = convolution.rowsTogether();
    int floats = input.width() * width;
    for (int first = 0; first < input.height(); first += rows) {
      int end = Math.min(input.height(), first + rows);
      convolution.rows(first, end - first);
      for (Tile tile : weights.filters()) {
        for (int row = first; row < end; row++) {
          int at = LEAD + (tile.first() * input.height() + row) * floats;
          convolution.row(tile, row, dx, at, input.height() * floats);
        }
      }
    }
  }
}
