package io.github.posteriori.moments;

import io.github.posteriori.layers.LinearTaps;
import io.github.posteriori.layers.UpsampleLayer;
import java.util.Arrays;

/**
 * Bilinear upsampling, {@code y = sum_k w_k x_k} of four pixels with weights that add up to 1:
 * {@code E y = sum_k w_k E x_k}, exactly, and {@code Var y = sum_k w_k^2 Var x_k} of independent
 * pixels. That neighbours depend on each other, before it and behind it, is left out.
 */
final class Interpolated implements MomentMap {
  private final UpsampleLayer layer;
  private final LinearTaps rows;
  private final LinearTaps columns;

  Interpolated(UpsampleLayer layer) {
    this.layer = layer;
    this.rows = layer.rowTaps();
    this.columns = layer.columnTaps();
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float[] means = weighted(x.means(), x.count(), 1, spare);
    return x.isExact()
        ? Moments.exact(x.count(), means)
        : new Moments(x.count(), means, weighted(x.variances(), x.count(), 2, spare));
  }

  /** Returns the sums of the pixels times their weights to that power. */
  private float[] weighted(float[] values, int images, int power, SpareArrays spare) {
    int width = layer.input().width();
    float[] target = spare.take(layer.output().size() * images);
    for (int pixel = 0; pixel < layer.output().size(); pixel++) {
      int column = pixel % columns.outputs();
      int row = pixel / columns.outputs() % rows.outputs();
      Arrays.fill(target, pixel * images, (pixel + 1) * images, 0);
      int channel = pixel / columns.outputs() / rows.outputs() * layer.input().height();
      for (int tap = 0; tap < 4; tap++) {
        boolean isLower = tap / 2 == 1;
        boolean isRight = tap % 2 == 1;
        double weight = weight(rows, row, isLower) * weight(columns, column, isRight);
        int from =
            (channel + (isLower ? rows.second(row) : rows.first()[row])) * width
                + (isRight ? columns.second(column) : columns.first()[column]);
        float factor = (float) Math.pow(weight, power);
        for (int image = 0; image < images && factor > 0; image++) {
          target[pixel * images + image] += factor * values[from * images + image];
        }
      }
    }
    return target;
  }

  private static double weight(LinearTaps taps, int output, boolean isSecond) {
    return isSecond ? taps.share()[output] : 1 - taps.share()[output];
  }
}
