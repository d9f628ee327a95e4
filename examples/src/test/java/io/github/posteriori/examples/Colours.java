package io.github.posteriori.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of two classes, blue and red, of many shades and sizes. */
final class Colours {
  private Colours() {}

  static Path write(Path folder) throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 80; i++) {
      picture(folder.resolve("blue/" + i + ".png"), 128 + random.nextInt(128), 20 + i);
      picture(folder.resolve("red/" + i + ".png"), 128 + random.nextInt(128) << 16, 20 + i);
    }
    return folder;
  }

  static Path picture(Path file, int rgb, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
