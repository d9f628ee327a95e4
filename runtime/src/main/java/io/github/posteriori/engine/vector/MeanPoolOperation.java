package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.MeanLoops;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * Pools windows by their mean, with padding as zeros. Most are depthwise convolutions by 1 / taps;
 * that of a whole image, and of windows of 2 x 2 pixels side by side, pass over their input once.
 */
final class MeanPoolOperation implements Operation {
  private final Kind kind;
  private final LaneBlock block;
  private final int width;
  private final Shape.Image in;
  private final Shape.Image out;
  private final float share;
  private final float[] y;
  private float[] dx;

  // Of depthwise convolutions.
  private final Geometry geometry;
  private final float[] weights;
  private RowFilter forward;
  private RowFilter backward;

  /** How windows are pooled. */
  enum Kind {
    WHOLE_IMAGE,
    QUADS,
    CONVOLUTION
  }

  MeanPoolOperation(LaneBlock block, PoolLayer layer) {
    this.block = block;
    this.width = block.width();
    this.in = layer.input();
    this.out = layer.output();
    this.kind = kind(in, layer.window());
    this.geometry = new Geometry(in, out, layer.window(), in.channels());
    this.share = 1f / geometry.taps();
    this.y = Lanes.array(out.size() * width);
    this.weights = new float[kind == Kind.CONVOLUTION ? geometry.weights() : 0];
    Arrays.fill(weights, share);
  }

  /** Returns how windows of an image are pooled. */
  static Kind kind(Shape.Image in, Window window) {
    boolean isWhole =
        window.rows() == in.height()
            && window.columns() == in.width()
            && window.paddingRows() == 0
            && window.paddingColumns() == 0;
    if (isWhole) {
      return Kind.WHOLE_IMAGE;
    }
    return window.equals(LayerPlan.QUADS) ? Kind.QUADS : Kind.CONVOLUTION;
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    if (kind == Kind.CONVOLUTION) {
      if (forward == null) {
        forward = RowFilter.of(GroupMap.forward(geometry), block, false);
      }
      filter(forward, x, out, y);
      return;
    }
    for (int channel = 0; channel < in.channels(); channel++) {
      if (kind == Kind.WHOLE_IMAGE) {
        int pixels = geometry.inputPixels();
        MeanLoops.mean(x, input(channel, 0), pixels, share, y, output(channel, 0), width);
      } else {
        for (int row = 0; row < out.height(); row++) {
          int upper = input(channel, 2 * row);
          int lower = input(channel, 2 * row + 1);
          MeanLoops.meanOfQuads(x, upper, lower, y, output(channel, row), out.width(), width);
        }
      }
    }
  }

  /** The offset of an input row. */
  private int input(int channel, int row) {
    return LEAD + (channel * in.height() + row) * in.width() * width;
  }

  /** The offset of a row of windows. */
  private int output(int channel, int row) {
    return LEAD + (channel * out.height() + row) * out.width() * width;
  }

  private void filter(RowFilter filter, float[] source, Shape.Image image, float[] target) {
    filter.start(source);
    int floats = image.width() * width;
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int row = 0; row < image.height(); row++) {
        int at = LEAD + (channel * image.height() + row) * floats;
        filter.row(channel, row, weights, 0, target, at);
      }
    }
  }

  @Override
  public float[] output(int index) {
    return y;
  }

  @Override
  public float[] backward(float[] dy, boolean wantsInput) {
    if (dx == null) {
      dx = Lanes.array(in.size() * width);
    }
    if (kind == Kind.CONVOLUTION) {
      if (backward == null) {
        backward = RowFilter.of(GroupMap.backward(geometry), block, false);
      }
      filter(backward, dy, in, dx);
      return dx;
    }
    if (kind == Kind.QUADS && (in.width() % 2 != 0 || in.height() % 2 != 0)) {
      Arrays.fill(dx, 0);
    }
    for (int channel = 0; channel < in.channels(); channel++) {
      if (kind == Kind.WHOLE_IMAGE) {
        int pixels = geometry.inputPixels();
        MeanLoops.spread(dy, output(channel, 0), pixels, share, dx, input(channel, 0), width);
      } else {
        for (int row = 0; row < out.height(); row++) {
          int from = output(channel, row);
          int upper = input(channel, 2 * row);
          int lower = input(channel, 2 * row + 1);
          MeanLoops.spreadOverQuads(dy, from, out.width(), dx, upper, lower, width);
        }
      }
    }
    return dx;
  }
}
