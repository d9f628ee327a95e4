package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a picture file as an image: PNG, JPEG, GIF or BMP, of any size, grey or in colour.
 *
 * <p>Grey is {@code 0.299 red + 0.587 green + 0.114 blue} (ITU-R BT.601). Transparent pixels are
 * shown on white. Pictures are enlarged by bilinear interpolation and shrunk by averaging over the
 * area of each pixel. Proportions are not kept.
 */
public final class Picture {
  /** The largest picture accepted: above that of any camera, and small enough to decode. */
  private static final long MOST_PIXELS = 1L << 26;

  /** The largest compression of deflate at one bit a pixel; the other formats compress less. */
  private static final long MOST_PIXELS_PER_BYTE = 8 * 1032;

  private static final int WHITE = 255;

  private Picture() {}

  /** Thrown when a picture has more pixels than {@link #MOST_PIXELS}. */
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long pixels) {
      super("a picture of " + pixels + " pixels");
    }
  }

  /**
   * Reads a file.
   *
   * @param shape of the result, with one channel (grey) or three (red, green, blue)
   * @return {@code shape.size()} numbers from 0, black, to 1, white, channel by channel and row by
   *     row
   * @throws DataException if the file is missing or not a picture
   * @throws IllegalArgumentException if the shape has another number of channels
   */
  public static float[] read(Path file, Shape.Image shape) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "a picture cannot become "
              + shape
              + ", expected 1 channel (grey) or 3 (red, green, blue)");
    }
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw DataException.of(file, "no such file", "a PNG or JPEG file", "Check the path.");
      }
      bytes = decode(Files.readAllBytes(file), shape);
    } catch (TooLarge e) {
      throw DataException.of(
          file, e.getMessage(), "at most " + MOST_PIXELS, "Make it smaller in an image editor.", e);
    } catch (IOException e) {
      throw DataException.of(
          file,
          "nothing that reads as a picture (" + e.getMessage() + ")",
          "a PNG or JPEG file",
          "Open it in an image editor and save it anew.",
          e);
    }
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (bytes[i] & 0xff) / 255f;
    }
    return pixels;
  }

  /**
   * Decodes and resizes a file.
   *
   * @param file bytes of the file
   * @param shape of the result, with one channel (grey) or three (red, green, blue)
   * @return {@code shape.size()} bytes, channel by channel and row by row
   * @throws IOException if it cannot be decoded or has too many pixels
   */
  static byte[] decode(byte[] file, Shape.Image shape) throws IOException {
    try {
      return resized(decode(file), shape);
    } catch (RuntimeException e) {
      // Damaged files make the decoders throw many kinds of these.
      throw new IOException("a damaged picture", e);
    }
  }

  private static BufferedImage decode(byte[] file) throws IOException {
    // In memory, because ImageIO would otherwise copy each picture into a temporary file.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("unknown format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        // Read from the header, before memory is allocated for the pixels that it claims.
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new TooLarge(pixels);
        }
        if (pixels > MOST_PIXELS_PER_BYTE * file.length) {
          throw new IOException(pixels + " pixels claimed in " + file.length + " bytes");
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  /** Resizes rows first, so that a large picture is never held as floats. */
  private static byte[] resized(BufferedImage image, Shape.Image shape) {
    Resampling across = Resampling.between(image.getWidth(), shape.width());
    Resampling down = Resampling.between(image.getHeight(), shape.height());
    byte[] result = new byte[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      float[][] columns = new float[shape.width()][image.getHeight()];
      float[] row = new float[image.getWidth()];
      for (int y = 0; y < image.getHeight(); y++) {
        readRow(image, y, shape.channels() == 1, channel, row);
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

  /** Reads one channel of one row, from 0 to 255. */
  private static void readRow(
      BufferedImage image, int y, boolean grey, int channel, float[] target) {
    int width = image.getWidth();
    if (isGrey(image)) {
      // The raw samples, because getRGB would take them for linear light and brighten them.
      int[] samples = image.getRaster().getSamples(0, y, width, 1, 0, (int[]) null);
      int most = (1 << image.getSampleModel().getSampleSize(0)) - 1;
      for (int x = 0; x < width; x++) {
        target[x] = samples[x] * 255f / most;
      }
      if (image.getColorModel().hasAlpha()) {
        int[] alphas = image.getAlphaRaster().getSamples(0, y, width, 1, 0, (int[]) null);
        for (int x = 0; x < width; x++) {
          target[x] = onWhite(target[x], (float) alphas[x] / most);
        }
      }
      return;
    }
    int[] argb = image.getRGB(0, y, width, 1, null, 0, width);
    for (int x = 0; x < width; x++) {
      int red = argb[x] >> 16 & 0xff;
      int green = argb[x] >> 8 & 0xff;
      int blue = argb[x] & 0xff;
      float light =
          grey
              ? 0.299f * red + 0.587f * green + 0.114f * blue
              : channel == 0 ? red : channel == 1 ? green : blue;
      target[x] = onWhite(light, (argb[x] >>> 24) / 255f);
    }
  }

  private static float onWhite(float light, float alpha) {
    return light * alpha + WHITE * (1 - alpha);
  }

  private static boolean isGrey(BufferedImage image) {
    return !(image.getColorModel() instanceof IndexColorModel)
        && image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }
}
