package io.github.posteriori.cli.figures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * White canvas of a fixed size.
 *
 * @param width in units
 * @param height in units
 */
record Canvas(int width, int height) {
  /** Pixels of a unit, so that small print is sharp. */
  private static final int RESOLUTION = 2;

  /** Writes what is drawn on it as a PNG file. */
  void write(OutputStream out, Consumer<Graphics2D> drawing) throws IOException {
    BufferedImage picture =
        new BufferedImage(RESOLUTION * width, RESOLUTION * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.scale(RESOLUTION, RESOLUTION);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    drawing.accept(graphics);
    graphics.dispose();
    ImageIO.write(picture, "png", out);
  }
}
