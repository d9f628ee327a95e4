package io.github.posteriori.cli.figures;

import io.github.posteriori.data.Dataset;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/**
 * Card of an image and what the network takes it for.
 *
 * @param set that the image is from
 * @param image what is known of it
 * @param classes names of those that the network predicts
 * @param color of the set
 */
record ImageCard(Dataset set, ImageUncertainty image, List<String> classes, Color color) {
  private static final int SIDE = 150;

  void draw(Graphics2D graphics, int left, int top) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.drawImage(ImagePixels.of(set, image.index()), left, top, SIDE, SIDE, null);
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(3f));
    graphics.drawRect(left - 2, top - 2, SIDE + 3, SIDE + 3);
    int line = top + SIDE + 25;
    new Words(graphics, left, line)
        .write(Ink.LABEL, color, set.name())
        .write(Ink.BODY, Ink.QUIET, " image " + image.index())
        .write(Ink.BODY, Ink.TEXT, ", " + Words.shortened(set.classNames().get(image.label())));
    new Words(graphics, left, line + 21)
        .write(Ink.BODY, Ink.TEXT, "predicted ")
        .write(Ink.LABEL, Ink.TEXT, Words.shortened(classes.get(image.predicted())))
        .write(Ink.BODY, Ink.TEXT, ", p " + Numerals.probability(image.probability()));
    new Words(graphics, left, line + 42)
        .write(Ink.BODY, Ink.QUIET, "entropy " + Numerals.of(image.entropy()) + " nats (median)");
  }
}
