package io.github.posteriori.cli.figures;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import java.awt.image.BufferedImage;

/** Images of a set as a screen shows them. */
public final class ImagePixels {
  private static final int SIDE = 64;
  private static final int BAR = 0xd0d0d0;

  private ImagePixels() {}

  /**
   * Draws image {@code index} of {@code set}, in colour, or grey where it has one channel; features
   * and signals as bars from the least to the greatest number.
   */
  public static BufferedImage of(Dataset set, int index) {
    float[] values = new float[set.shape().size()];
    set.image(index, values, 0);
    if (!(set.shape() instanceof Shape.Image shape) || shape.height() == 1) {
      return bars(values);
    }
    BufferedImage pixels =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    int plane = shape.height() * shape.width();
    for (int at = 0; at < plane; at++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        int source = Math.min(channel, shape.channels() - 1);
        float light = Math.min(1, Math.max(0, values[source * plane + at]));
        rgb = rgb << 8 | Math.round(255 * light);
      }
      pixels.setRGB(at % shape.width(), at / shape.width(), rgb);
    }
    return pixels;
  }

  private static BufferedImage bars(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    BufferedImage bars = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < SIDE; x++) {
      float value = values[(int) ((long) x * values.length / SIDE)];
      int height = most > least ? Math.round((SIDE - 1) * (value - least) / (most - least)) : 0;
      for (int y = 0; y <= height; y++) {
        bars.setRGB(x, SIDE - 1 - y, BAR);
      }
    }
    return bars;
  }
}
