package io.github.posteriori.moments;

import io.github.posteriori.layers.UpsampleLayer;

/** Upsampling, which copies each pixel's moments. */
final class Enlargement implements MomentMap {
  private final UpsampleLayer layer;

  Enlargement(UpsampleLayer layer) {
    this.layer = layer;
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float[] means = enlarged(x.means(), x.count(), spare);
    return x.isExact()
        ? Moments.exact(x.count(), means)
        : new Moments(x.count(), means, enlarged(x.variances(), x.count(), spare));
  }

  private float[] enlarged(float[] values, int images, SpareArrays spare) {
    int width = layer.output().width();
    int inputWidth = layer.input().width();
    float[] target = spare.take(layer.output().size() * images);
    for (int pixel = 0; pixel < layer.output().size(); pixel++) {
      int row = pixel / width / layer.rows(); // heights are multiples: channels keep their places
      int from = row * inputWidth + pixel % width / layer.columns();
      System.arraycopy(values, from * images, target, pixel * images, images);
    }
    return target;
  }
}
