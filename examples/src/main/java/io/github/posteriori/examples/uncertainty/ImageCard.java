package io.github.posteriori.examples.uncertainty;

import io.github.posteriori.Shape;
import io.github.posteriori.data.Dataset;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * An image, and what the network takes it for.
 *
 * @param set that the image is from
 * @param image what is known of it
 * @param classesOf the data set whose classes the network predicts
 * @param color of the set
 */
record ImageCard(Dataset set, ImageUncertainty image, String classesOf, Color color) {
  private static final int SIDE = 150;

  void draw(Graphics2D graphics, int left, int top) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.drawImage(pixels(), left, top, SIDE, SIDE, null);
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(3f));
    graphics.drawRect(left - 2, top - 2, SIDE + 3, SIDE + 3);
    int line = top + SIDE + 25;
    new Words(graphics, left, line)
        .write(Ink.LABEL, color, set.name())
        .write(Ink.BODY, Ink.QUIET, " image " + image.index())
        .write(Ink.BODY, Ink.TEXT, ", " + ClassNames.name(set.name(), image.label()));
    new Words(graphics, left, line + 21)
        .write(Ink.BODY, Ink.TEXT, "predicted ")
        .write(Ink.LABEL, Ink.TEXT, ClassNames.name(classesOf, image.predicted()))
        .write(Ink.BODY, Ink.TEXT, ", p " + Numerals.probability(image.probability()));
    new Words(graphics, left, line + 42)
        .write(Ink.BODY, Ink.QUIET, "entropy " + Numerals.of(image.entropy()) + " nats (median)");
  }

  private BufferedImage pixels() {
    Shape.Image shape = set.shape();
    float[] values = new float[shape.size()];
    set.image(image.index(), values, 0);
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
