package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Sums;
import java.util.Arrays;

/**
 * Computes a linear map of few channels a group on one block, row by row. With i over the input
 * channels of o's group, taps (k, n), stride s, padding p and dilation d, and x zero in the
 * padding:
 *
 * <pre>
 *   y[o, r, c]    = b[o] + sum over i, k, n of W[o, i, k, n] x[i, s r + d k - p, s c + d n - p]
 *   dW[o, i, k, n] = sum over r, c and images of dy[o, r, c] x[i, s r + d k - p, s c + d n - p]
 *   dx[i, r, c]   = sum over o, k, n of W[o, i, k, n] dy[o, (r + p - d k) / s, (c + p - d n) / s]
 * </pre>
 *
 * <p>where dx has the terms whose quotients are whole.
 */
final class DepthwisePass extends LinearPass {
  /** Maximum floats of the output rows that are added to the weights' gradient together. */
  private static final int BAND = 1 << 15;

  private final DepthwiseWeights weights;
  private final Geometry geometry;
  private final LaneBlock block;
  private final int width;
  private final RowFilter forward;
  private RowFilter backward;

  /** For each output channel, those of its weights and spare ones, {@code [.., LENGTH]}. */
  private float[] sums;

  DepthwisePass(DepthwiseWeights weights, LaneBlock block) {
    super(weights, block);
    this.weights = weights;
    this.geometry = weights.geometry();
    this.block = block;
    this.width = block.width();
    this.forward = RowFilter.of(GroupMap.forward(geometry), block, weights.areVariances());
  }

  @Override
  boolean squares() {
    return weights.areVariances();
  }

  @Override
  void forward(float[] x) {
    forward.start(x);
  }

  @Override
  int rowsTogether() {
    return geometry.output().height();
  }

  @Override
  void rows(int first, int count) {}

  @Override
  void row(Tile tile, int row, float[] y, int at, int rowStep) {
    for (int m = 0; m < tile.rows(); m++) {
      int channel = tile.first() + m;
      float bias = weights.bias()[channel * LENGTH];
      forward.row(channel, row, weights.factors(), bias, y, at + m * rowStep);
    }
  }

  @Override
  int bandRows() {
    int row = geometry.output().channels() * geometry.output().width() * width;
    return Math.min(geometry.output().height(), Math.max(1, BAND / row));
  }

  @Override
  void startGradient(float[] x) {
    forward.start(x);
    int floats = geometry.output().channels() * sumsOfChannel();
    Workspace use = weights.areVariances() ? Workspace.VARIANCE_SUMS : Workspace.WEIGHT_SUMS;
    sums = block.workspace(use, floats);
    Arrays.fill(sums, LEAD, LEAD + floats, 0);
  }

  private int sumsOfChannel() {
    return (geometry.fanIn() + RowFilter.SPARE) * LENGTH;
  }

  @Override
  void addRows(float[] dy, int firstRow, int rows) {
    int together = geometry.outputsOfGroup();
    int rowFloats = geometry.output().width() * width;
    for (int group = 0; group < geometry.groups(); group++) {
      for (int row = 0; row < rows; row++) {
        for (int o = group * together; o < (group + 1) * together; o++) {
          int from = LEAD + (o * rows + row) * rowFloats;
          forward.addProducts(o, firstRow + row, dy, from, sums, LEAD + o * sumsOfChannel());
        }
      }
    }
  }

  @Override
  void endGradient() {
    float[] share = weights.share(block.index());
    int fanIn = geometry.fanIn();
    for (int o = 0; o < geometry.output().channels(); o++) {
      Sums.ofLanes(sums, LEAD + o * sumsOfChannel(), fanIn, share, o * fanIn);
    }
  }

  @Override
  void inputGradient(float[] dy, float[] dx) {
    inputGradient(dy, null, dx);
  }

  @Override
  void addInputGradient(float[] dy, float[] x, float[] dx) {
    inputGradient(dy, x, dx);
  }

  /** Computes dx, or adds 2 x times the gradient by x^2 to it. */
  private void inputGradient(float[] dy, float[] x, float[] dx) {
    if (backward == null) {
      backward = RowFilter.of(GroupMap.backward(geometry), block, false);
    }
    backward.start(dy);
    int together = geometry.inputsOfGroup();
    int rows = geometry.input().height();
    int rowFloats = geometry.input().width() * width;
    float[] own = x == null ? null : block.workspace(Workspace.ROW, rowFloats);
    for (int group = 0; group < geometry.groups(); group++) {
      for (int row = 0; row < rows; row++) {
        for (int i = group * together; i < (group + 1) * together; i++) {
          int at = LEAD + (i * rows + row) * rowFloats;
          if (x == null) {
            backward.row(i, row, weights.factors(), 0, dx, at);
          } else {
            backward.row(i, row, weights.factors(), 0, own, LEAD);
            Elementwise.addTwice(x, at, own, LEAD, dx, at, rowFloats);
          }
        }
      }
    }
  }
}
