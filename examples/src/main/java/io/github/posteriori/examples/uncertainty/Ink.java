package io.github.posteriori.examples.uncertainty;

import java.awt.Color;
import java.awt.Font;

/** Colours and fonts of the picture. */
final class Ink {
  static final Color TEXT = new Color(0x222222);
  static final Color QUIET = new Color(0x666666);
  static final Color GRID = new Color(0xE4E4E4);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 26);
  static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 17);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  static final Font BODY = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private Ink() {}

  /**
   * What tells a set from another: its hue. The two, blue and vermilion, are of the palette of
   * Okabe and Ito, which colour-blind people can tell apart.
   *
   * @param dark for epistemic uncertainty, for lines and words
   * @param light for aleatoric uncertainty
   */
  record Hue(Color dark, Color light) {
    static final Hue IN = new Hue(new Color(0x0072B2), new Color(0x9CCBE8));
    static final Hue OOD = new Hue(new Color(0xD55E00), new Color(0xF6BE94));

    /** For areas through which others show. */
    Color veil() {
      return new Color(dark.getRed(), dark.getGreen(), dark.getBlue(), 70);
    }
  }
}
