package io.github.posteriori.cli.figures;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import java.awt.image.BufferedImage;

/** Images of a set as a screen shows them. */
public final class ImagePixels {
  private ImagePixels() {}

  /**
   * Draws image {@code index} of {@code set}, in colour, or grey where it has one channel; features
   * as a row of pixels.
   */
  public static BufferedImage of(Dataset set, int index) {
    Shape.Image shape =
        set.shape() instanceof Shape.Image image ? image : Shape.image(1, 1, set.shape().size());
    float[] values = new float[shape.size()];
    set.image(index, values, 0);
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
}
