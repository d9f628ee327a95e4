package io.github.posteriori.cli.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Small pictures inside the page. */
final class Png {
  private Png() {}

  /**
   * Makes an {@code img} that needs no file.
   *
   * @param alt what it shows, for those who cannot see it
   */
  static Element image(BufferedImage pixels, String alt) {
    return Element.of("img")
        .set("alt", alt)
        .set("width", pixels.getWidth())
        .set("height", pixels.getHeight())
        .set("src", "data:image/png;base64," + base64(pixels));
  }

  private static String base64(BufferedImage pixels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(pixels, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
