package io.github.posteriori.data;

import io.github.posteriori.data.picture.PictureDecoder;
import io.github.posteriori.data.picture.PictureException;
import io.github.posteriori.data.picture.UprightPicture;
import io.github.posteriori.layers.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a picture file as an image: {@value #FORMATS}, whatever its name, of any size, grey or in
 * colour.
 *
 * <p>It is read as a viewer shows it: upright, as its Exif data say, in sRGB, the first picture of
 * several. A file that is cut short is refused. Grey is {@code 0.299 red + 0.587 green + 0.114
 * blue} (ITU-R BT.601). Transparent pixels are shown on white. Pictures are enlarged by bilinear
 * interpolation and shrunk by averaging over the area of each pixel. Proportions are not kept.
 */
public final class Picture {
  /** The formats that are read. */
  public static final String FORMATS = PictureDecoder.FORMATS;

  /** More bytes than the largest picture accepted has in any of the formats. */
  private static final long MOST_BYTES = 1L << 29;

  private Picture() {}

  /**
   * Reads a file.
   *
   * @param shape of the result, with one channel (grey) or three (red, green, blue)
   * @return {@code shape.size()} numbers from 0, black, to 1, white, channel by channel and row by
   *     row
   * @throws DataException if the file is missing, cannot be read or does not show a whole picture
   * @throws IllegalArgumentException if the shape has another number of channels
   */
  public static float[] read(Path file, Shape.Image shape) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "a picture cannot become "
              + shape
              + ", expected 1 channel (grey) or 3 (red, green, blue)");
    }
    byte[] bytes = bytes(file, shape);
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (bytes[i] & 0xff) / 255f;
    }
    return pixels;
  }

  /**
   * Reads and resizes a file.
   *
   * @return {@code shape.size()} bytes, channel by channel and row by row
   * @throws DataException as {@link #read} does
   */
  static byte[] bytes(Path file, Shape.Image shape) {
    if (!Files.isRegularFile(file)) {
      throw DataException.of(
          file,
          Files.isDirectory(file) ? "a folder" : "no such file",
          "a " + FORMATS + " file",
          "Check the path.");
    }
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw DataException.of(
            file, size + " bytes", "at most " + MOST_BYTES, "Make the picture smaller.");
      }
      return decode(Files.readAllBytes(file), shape);
    } catch (PictureException e) {
      throw DataException.of(file, e.found(), e.expected(), e.remedy(), e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * Decodes and resizes a file.
   *
   * @param file bytes of the file
   * @return {@code shape.size()} bytes, channel by channel and row by row
   * @throws PictureException if it does not show a whole picture
   */
  static byte[] decode(byte[] file, Shape.Image shape) throws PictureException {
    try {
      return resized(PictureDecoder.decode(file), shape);
    } catch (RuntimeException e) {
      throw PictureException.undecodable(e);
    }
  }

  /** Resizes rows first, so that a large picture is never held as floats. */
  private static byte[] resized(UprightPicture picture, Shape.Image shape) {
    Resampling across = Resampling.between(picture.width(), shape.width());
    Resampling down = Resampling.between(picture.height(), shape.height());
    byte[] result = new byte[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      float[][] columns = new float[shape.width()][picture.height()];
      float[] row = new float[picture.width()];
      for (int y = 0; y < picture.height(); y++) {
        if (shape.channels() == 1) {
          picture.readGrey(y, row);
        } else {
          picture.readColour(y, channel, row);
        }
        for (int x = 0; x < shape.width(); x++) {
          columns[x][y] = across.at(x, row);
        }
      }
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          int at = (channel * shape.height() + y) * shape.width() + x;
          result[at] = (byte) Math.round(down.at(y, columns[x]));
        }
      }
    }
    return result;
  }
}
