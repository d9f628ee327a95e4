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
    requireChannels(shape);
    return numbers(bytes(file, shape));
  }

  /**
   * Reads the contents of a file.
   *
   * @param file bytes of the file
   * @param shape of the result, as {@link #read(Path, Shape.Image)} takes it
   * @return {@code shape.size()} numbers from 0, black, to 1, white, channel by channel and row by
   *     row
   * @throws PictureException if they do not show a whole picture
   * @throws IllegalArgumentException if the shape has another number of channels
   */
  public static float[] read(byte[] file, Shape.Image shape) throws PictureException {
    requireChannels(shape);
    return numbers(decode(file, shape));
  }

  private static float[] numbers(byte[] bytes) {
    float[] pixels = new float[bytes.length];
    BytePixels.read(bytes, 0, bytes.length, pixels, 0);
    return pixels;
  }

  /**
   * Checks that a picture can have so many channels.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireChannels(Shape.Image shape) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "a picture cannot become "
              + shape
              + ", expected 1 channel (grey) or 3 (red, green, blue)");
    }
  }

  /** What is read from the bytes of a file. */
  @FunctionalInterface
  interface Reading<T> {
    T of(byte[] file) throws PictureException;
  }

  /**
   * Reads and resizes a file.
   *
   * @return {@code shape.size()} bytes, channel by channel and row by row
   * @throws DataException as {@link #read} does
   */
  static byte[] bytes(Path file, Shape.Image shape) {
    return reading(file, contents -> decode(contents, shape));
  }

  /**
   * Reads something from a file.
   *
   * @throws DataException as {@link #read} does
   */
  static <T> T reading(Path file, Reading<T> reading) {
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
      return reading.of(Files.readAllBytes(file));
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
      return resized(PictureDecoder.decode(file, shape.height(), shape.width()), shape);
    } catch (RuntimeException e) {
      throw PictureException.undecodable(e);
    }
  }

  /** Resizes rows first, so that a large picture is never held as floats. */
  private static byte[] resized(UprightPicture picture, Shape.Image shape) {
    Resampling across = Resampling.between(picture.width(), shape.width());
    Resampling down = Resampling.between(picture.height(), shape.height());
    float[][] whole = new float[shape.channels()][picture.width()];
    float[][][] rows = new float[shape.channels()][picture.height()][shape.width()];
    for (int y = 0; y < picture.height(); y++) {
      if (shape.channels() == 1) {
        picture.readGrey(y, whole[0]);
      } else {
        picture.readColours(y, whole);
      }
      for (int channel = 0; channel < shape.channels(); channel++) {
        across.along(whole[channel], rows[channel][y]);
      }
    }
    byte[] result = new byte[shape.size()];
    float[] row = new float[shape.width()];
    int at = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.height(); y++) {
        down.across(y, rows[channel], row);
        for (float light : row) {
          result[at++] = (byte) (int) (light + 0.5); // rounds, as no light is negative
        }
      }
    }
    return result;
  }
}
