package io.github.posteriori.examples;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.layers.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes picture files of synthetic handwritten digits, to learn from if there are no others. */
final class DrawnPictures {
  private DrawnPictures() {}

  /** Writes 2,000 digits; see {@link #write(int)}. */
  static List<Path> write() throws IOException {
    return write(2000);
  }

  /**
   * Writes digits, a sub-folder for each of the ten, and two pictures to predict: a digit that is
   * not among them, and a letter.
   *
   * @return the folder of the sub-folders, the folder for a network, still to be made, and the two
   *     pictures
   */
  static List<Path> write(int count) throws IOException {
    Path folder = Files.createTempDirectory("drawn");
    Path pictures = folder.resolve("pictures");
    Path digit = folder.resolve("digit.png");
    Path letter = folder.resolve("letter.png");
    Dataset digits = Digits.digits(count, 1);
    for (int i = 0; i < digits.size(); i++) {
      write(digits, i, pictures.resolve(digits.label(i) + "/" + i + ".png"));
    }
    write(Digits.digits(1, 2), 0, digit);
    write(Digits.letters(1, 2), 0, letter);
    return List.of(pictures, folder.resolve("model"), digit, letter);
  }

  private static void write(Dataset set, int index, Path file) throws IOException {
    Shape.Image shape = (Shape.Image) set.shape();
    float[] pixels = new float[shape.size()]; // from 0, black, to 1, white
    set.image(index, pixels, 0);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] *= 255;
    }
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, shape.width(), shape.height(), pixels);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
