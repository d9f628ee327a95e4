package io.github.posteriori.cli.figures;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;

/** Words written one behind the other on a line, in changing fonts and colours. */
final class Words {
  private static final int MOST_LETTERS = 16;

  private final Graphics2D graphics;
  private final float baseline;
  private float x;

  Words(Graphics2D graphics, float x, float baseline) {
    this.graphics = graphics;
    this.x = x;
    this.baseline = baseline;
  }

  /** Shortens a name that would run into its neighbours. */
  static String shortened(String name) {
    return name.length() <= MOST_LETTERS ? name : name.substring(0, MOST_LETTERS - 1) + "…";
  }

  Words write(Font font, Color color, String text) {
    graphics.setFont(font);
    graphics.setColor(color);
    graphics.drawString(text, x, baseline);
    x += graphics.getFontMetrics().stringWidth(text);
    return this;
  }

  /** Draws a small square, as in a legend. */
  Words square(Color color) {
    graphics.setColor(color);
    graphics.fillRect((int) x, (int) baseline - 11, 12, 12);
    x += 18;
    return this;
  }
}
