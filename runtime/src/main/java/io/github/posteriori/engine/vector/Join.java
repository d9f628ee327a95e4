package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.JoinLayer;

/**
 * Joins the outputs of several layers on one block, by their sum or by concatenation along channels
 * or features.
 */
final class Join {
  private final int width;
  private final boolean concatenates;
  private final int[] sizes;
  private final float[] y;
  private final float[][] dx;

  Join(LaneBlock block, JoinLayer layer, int inputs) {
    this.width = block.width();
    this.concatenates = layer instanceof ConcatLayer;
    this.sizes = new int[inputs];
    for (int i = 0; i < inputs; i++) {
      sizes[i] =
          layer instanceof ConcatLayer concat
              ? concat.inputs().get(i).size() * width
              : layer.output().size() * width;
    }
    this.y = Lanes.array(layer.output().size() * width);
    this.dx = new float[inputs][];
  }

  /** Returns y = x_1 + x_2 + ..., or y = [x_1, x_2, ...]. */
  float[] forward(float[][] x) {
    if (!concatenates) {
      Elementwise.sum(x[0], x[1], y, sizes[0]);
      for (int i = 2; i < x.length; i++) {
        Elementwise.add(x[i], Lanes.LEAD, y, Lanes.LEAD, sizes[i]);
      }
      return y;
    }
    int at = Lanes.LEAD;
    for (int i = 0; i < x.length; i++) {
      System.arraycopy(x[i], Lanes.LEAD, y, at, sizes[i]);
      at += sizes[i];
    }
    return y;
  }

  /** Returns dx_i: dy, or the part of dy that belongs to x_i. */
  float[] backward(float[] dy, int input) {
    if (!concatenates) {
      return dy;
    }
    if (dx[input] == null) {
      dx[input] = Lanes.array(sizes[input]);
    }
    int from = Lanes.LEAD;
    for (int i = 0; i < input; i++) {
      from += sizes[i];
    }
    System.arraycopy(dy, from, dx[input], Lanes.LEAD, sizes[input]);
    return dx[input];
  }
}
