package io.github.posteriori.cli.predict;

import io.github.posteriori.data.Picture;
import io.github.posteriori.data.picture.PictureException;
import io.github.posteriori.layers.Shape;
import java.nio.file.Path;

/**
 * Prepares pictures for a network: they become grey or coloured as it takes them and are resized to
 * its images, without regard to proportions.
 *
 * @param shape of the network's images
 * @param invert whether dark and light are exchanged
 */
public record PictureInput(Shape.Image shape, boolean invert) {

  /**
   * Reads a file.
   *
   * @return {@code shape.size()} numbers from 0, black, to 1, white
   * @throws io.github.posteriori.data.DataException when it does not show a whole picture
   */
  public float[] read(Path file) {
    return turned(Picture.read(file, shape));
  }

  /**
   * Reads the contents of a file, as {@link #read(Path)} does.
   *
   * @throws PictureException when they do not show a whole picture
   */
  public float[] read(byte[] file) throws PictureException {
    return turned(Picture.read(file, shape));
  }

  private float[] turned(float[] pixels) {
    if (invert) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = 1 - pixels[i];
      }
    }
    return pixels;
  }

  /**
   * Tells whether the border of a grey image is light, as that of ink on paper is, where MNIST and
   * the drawn digits have a dark one.
   */
  public boolean hasLightGround(float[] pixels) {
    return shape.channels() == 1 && border(pixels) > 0.5;
  }

  /** Averages the outermost pixels of a grey image. */
  private double border(float[] pixels) {
    double sum = 0;
    int count = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        if (y == 0 || x == 0 || y == shape.height() - 1 || x == shape.width() - 1) {
          sum += pixels[y * shape.width() + x];
          count++;
        }
      }
    }
    return sum / count;
  }
}
