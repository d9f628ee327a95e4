package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.JoinLayer;

/**
 * Joins the outputs of several layers on one block, by their sum or by concatenation along channels
 * or features, and applies the activation behind a sum.
 */
final class Join {
  private final LaneBlock block;
  private final boolean concatenates;
  private final ActivationLayer activation;
  private final int[] sizes;
  private final float[] y;
  private final float[] slope;
  private final float[] dz;
  private final float[][] dx;

  /**
   * Creates the join of a block.
   *
   * @param inputs how many there are
   * @param activation behind a sum, or null
   */
  Join(LaneBlock block, JoinLayer layer, int inputs, ActivationLayer activation) {
    int width = block.width();
    int floats = layer.output().size() * width;
    this.block = block;
    this.concatenates = layer instanceof ConcatLayer;
    this.activation = activation;
    this.sizes = new int[inputs];
    for (int i = 0; i < inputs; i++) {
      sizes[i] =
          layer instanceof ConcatLayer concat ? concat.inputs().get(i).size() * width : floats;
    }
    boolean keepsSlope = activation != null && ActivationLoops.keepsSlope(activation.function());
    this.y = Lanes.array(floats);
    this.slope = keepsSlope ? Lanes.array(floats) : null;
    this.dz = activation == null ? null : Lanes.array(floats);
    this.dx = new float[inputs][];
  }

  /** Returns y = f(x_1 + x_2 + ...), or y = [x_1, x_2, ...]. */
  float[] forward(float[][] x) {
    if (concatenates) {
      int at = LEAD;
      for (int i = 0; i < x.length; i++) {
        System.arraycopy(x[i], LEAD, y, at, sizes[i]);
        at += sizes[i];
      }
    } else if (activation == null) {
      sum(x, LEAD, y, LEAD, sizes[0]);
    } else {
      float[] row = block.workspace(Workspace.ROW, Workspaces.TOGETHER);
      for (int at = LEAD; at < LEAD + sizes[0]; at += Workspaces.TOGETHER) {
        int count = Math.min(Workspaces.TOGETHER, LEAD + sizes[0] - at);
        sum(x, at, row, LEAD, count);
        ActivationLoops.run(activation.function(), row, LEAD, y, slope, at, count);
      }
    }
    return y;
  }

  private static void sum(float[][] x, int from, float[] y, int to, int count) {
    Elementwise.sum(x[0], x[1], from, y, to, count);
    for (int i = 2; i < x.length; i++) {
      Elementwise.add(x[i], from, y, to, count);
    }
  }

  /** Returns the gradient by the sum, or by what is concatenated. */
  float[] backward(float[] dy) {
    if (activation == null) {
      return dy;
    }
    ActivationLoops.back(activation.function(), dy, y, slope, dz, LEAD, dz.length - LEAD);
    return dz;
  }

  /** Returns dx_i: dz, or the part of it that belongs to x_i. */
  float[] split(float[] dz, int input) {
    if (!concatenates) {
      return dz;
    }
    if (dx[input] == null) {
      dx[input] = Lanes.array(sizes[input]);
    }
    int from = LEAD;
    for (int i = 0; i < input; i++) {
      from += sizes[i];
    }
    System.arraycopy(dz, from, dx[input], LEAD, sizes[input]);
    return dx[input];
  }
}
