package io.github.posteriori.cli.figures;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The frame of a plot: a vertical axis with its grid, and a base line.
 *
 * @param graphics to draw with
 * @param area within the axes
 * @param y the vertical axis
 */
record Plot(Graphics2D graphics, Rectangle area, Scale y) {
  private static final int TICKS = 5;
  private static final int GAP = 8;

  void axis(DoubleFunction<String> label) {
    graphics.setFont(Ink.TICK);
    graphics.setStroke(new BasicStroke(1f));
    for (double tick : y.ticks(TICKS)) {
      double at = y(tick);
      graphics.setColor(Ink.GRID);
      graphics.drawLine(area.x, (int) at, area.x + area.width, (int) at);
      graphics.setColor(Ink.QUIET);
      rightAligned(label.apply(tick), area.x - GAP, (float) at + 4);
    }
    graphics.setColor(Ink.QUIET);
    graphics.drawLine(area.x, area.y + area.height, area.x + area.width, area.y + area.height);
  }

  /** Writes a name for each of equal parts of the base line; slanted where they are too wide. */
  void categories(List<String> names) {
    graphics.setFont(Ink.TICK);
    graphics.setColor(Ink.TEXT);
    double slot = (double) area.width / names.size();
    int widest = names.stream().mapToInt(graphics.getFontMetrics()::stringWidth).max().orElse(0);
    for (int i = 0; i < names.size(); i++) {
      float middle = (float) (area.x + (i + 0.5) * slot);
      if (widest < slot - 4) {
        centred(names.get(i), middle, base() + 17);
      } else {
        Graphics2D slanted = (Graphics2D) graphics.create();
        slanted.translate(middle + 4, base() + 13);
        slanted.rotate(-Math.PI / 3.6);
        slanted.setFont(Ink.SMALL);
        slanted.drawString(names.get(i), -slanted.getFontMetrics().stringWidth(names.get(i)), 0);
        slanted.dispose();
      }
    }
  }

  /** Writes round numbers below the base line. */
  void numbers(Scale x, String unit) {
    graphics.setFont(Ink.TICK);
    for (double tick : x.ticks(TICKS)) {
      float at = (float) (area.x + x.position(tick) * area.width);
      graphics.setColor(Ink.QUIET);
      graphics.drawLine((int) at, base(), (int) at, base() + 4);
      centred(label(x, tick), at, base() + 18);
    }
    graphics.setColor(Ink.QUIET);
    centred(unit, area.x + area.width / 2f, base() + 36);
  }

  private static String label(Scale x, double tick) {
    if (!x.logarithmic()) {
      return Numerals.of(tick);
    }
    return (tick == x.low() ? "≤ " : "") + Numerals.decade(tick);
  }

  /** Places a value on the vertical axis. */
  double y(double value) {
    return base() - y.position(value) * area.height;
  }

  int base() {
    return area.y + area.height;
  }

  private void rightAligned(String text, float x, float y) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text), y);
  }

  private void centred(String text, float x, float y) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2f, y);
  }
}
