package io.github.posteriori.cli.figures;

import java.awt.Color;
import java.awt.Font;

/** Colours and fonts of the picture. */
final class Ink {
  /**
   * The sets' colours, blue and vermilion, are of the palette of Okabe and Ito, which colour-blind
   * people can tell apart.
   */
  static final Color IN = new Color(0x0072B2);

  static final Color OOD = new Color(0xD55E00);
  static final Color TEXT = new Color(0x222222);
  static final Color QUIET = new Color(0x666666);
  static final Color GRID = new Color(0xE4E4E4);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 26);
  static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 17);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  static final Font BODY = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  private Ink() {}

  /** Makes a colour translucent, for areas through which others show. */
  static Color veil(Color color) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), 70);
  }
}
