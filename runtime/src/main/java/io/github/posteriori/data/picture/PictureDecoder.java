package io.github.posteriori.data.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes picture files of every format that {@code javax.imageio} reads, whatever their names. */
public final class PictureDecoder {
  /** The formats that are read, for messages and help. */
  public static final String FORMATS = "PNG, JPEG, GIF, BMP, WBMP or TIFF";

  /** The largest picture accepted: above that of any camera, and small enough to decode. */
  private static final long MOST_PIXELS = 1L << 26;

  /** The largest compression of deflate at one bit a pixel; the other formats compress less. */
  private static final long MOST_PIXELS_PER_BYTE = 8 * 1032;

  private static final int MOST_BITS = 16;

  /**
   * How many times larger than wanted a photograph still is, each way, of which not every pixel is
   * taken: enough for its pixels to be averaged as if there were all.
   */
  private static final int ENOUGH = 8;

  private PictureDecoder() {}

  /** What is done with a picture whose header is sound. */
  @FunctionalInterface
  private interface Step<T> {
    T of(ImageReader reader, Container container) throws IOException;
  }

  /**
   * Decodes a picture, the first of several.
   *
   * @param file bytes of the file
   * @throws PictureException if it is no picture, is not whole, or has too many pixels
   */
  public static UprightPicture decode(byte[] file) throws PictureException {
    return decode(file, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * Decodes a picture to be shrunk. Of a JPEG file that is at least sixteen times as high and wide
   * as that, only every second pixel of every second row is taken, or fewer.
   *
   * @param file bytes of the file
   * @param height that is wanted
   * @param width that is wanted
   * @throws PictureException if it is no picture, is not whole, or has too many pixels
   */
  public static UprightPicture decode(byte[] file, int height, int width) throws PictureException {
    try {
      return decodeAsItIs(file, height, width);
    } catch (PictureException e) {
      Optional<byte[]> plain = Jpeg.withoutProfile(file);
      if (plain.isPresent()) {
        // A profile may be what the decoder fails at.
        return decodeAsItIs(plain.get(), height, width);
      }
      throw e;
    }
  }

  /**
   * Returns how many pixels the header of a file claims, without decoding them.
   *
   * @param file bytes of the file
   * @throws PictureException if it is no picture or claims too many pixels
   */
  public static long pixels(byte[] file) throws PictureException {
    return read(file, (reader, container) -> (long) reader.getWidth(0) * reader.getHeight(0));
  }

  private static UprightPicture decodeAsItIs(byte[] file, int height, int width)
      throws PictureException {
    return read(
        file,
        (reader, container) -> {
          ImageReadParam sampling = reader.getDefaultReadParam();
          int step = container instanceof Jpeg ? step(reader, container, height, width) : 1;
          sampling.setSourceSubsampling(step, step, step / 2, step / 2);
          List<String> warnings = new ArrayList<>();
          reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
          BufferedImage decoded = reader.read(0, sampling);
          container.requireSound(warnings);
          requireIntegers(decoded);
          if (decoded.isAlphaPremultiplied()) {
            decoded.coerceData(false);
          }
          return new UprightPicture(container.shown(decoded), container);
        });
  }

  private static int step(ImageReader reader, Container container, int height, int width)
      throws IOException {
    boolean transposes = container.orientation().transposes();
    int across = reader.getWidth(0) / (transposes ? height : width);
    int down = reader.getHeight(0) / (transposes ? width : height);
    return Math.max(1, Math.min(across, down) / ENOUGH);
  }

  /**
   * Looks at a picture without decoding its pixels: at its header, and at whether the file is whole
   * as far as that can be seen from its parts.
   *
   * @param file bytes of the file
   * @throws PictureException if it is no picture, is not whole, or has too many pixels
   */
  public static PictureHeader inspect(byte[] file) throws PictureException {
    return read(
        file,
        (reader, container) -> {
          boolean transposes = container.orientation().transposes();
          int width = reader.getWidth(0);
          int height = reader.getHeight(0);
          return new PictureHeader(
              transposes ? width : height, transposes ? height : width, isGrey(reader));
        });
  }

  private static boolean isGrey(ImageReader reader) throws IOException {
    ImageTypeSpecifier type = reader.getRawImageType(0);
    if (type == null) {
      return false; // Such as the YCbCr of JPEG.
    }
    if (type.getColorModel() instanceof IndexColorModel palette) {
      return IntStream.range(0, palette.getMapSize())
          .map(palette::getRGB)
          .allMatch(rgb -> (rgb >> 16 & 0xff) == (rgb & 0xff) && (rgb >> 8 & 0xff) == (rgb & 0xff));
    }
    return type.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static <T> T read(byte[] file, Step<T> step) throws PictureException {
    // In memory, because ImageIO would otherwise copy each picture into a temporary file.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw PictureException.unknown();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return step.of(reader, container(reader, file));
      } finally {
        reader.dispose();
      }
    } catch (PictureException e) {
      throw e;
    } catch (EOFException e) {
      throw PictureException.cutShort(e);
    } catch (IOException | RuntimeException e) {
      // Damaged files make the decoders throw many kinds of these.
      throw PictureException.undecodable(e);
    }
  }

  private static Container container(ImageReader reader, byte[] file) throws IOException {
    // Read from the header, before memory is allocated for the pixels that it claims.
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    requireSize(pixels);
    if (pixels > MOST_PIXELS_PER_BYTE * file.length) {
      throw PictureException.damaged(pixels + " pixels claimed in " + file.length + " bytes");
    }
    return Container.of(reader.getFormatName(), file);
  }

  static void requireSize(long pixels) throws PictureException {
    if (pixels > MOST_PIXELS) {
      throw new PictureException(
          "a picture of " + pixels + " pixels",
          "at most " + MOST_PIXELS,
          "Make it smaller in an image editor.",
          null);
    }
  }

  /** Refuses samples whose black and white the file does not tell. */
  private static void requireIntegers(BufferedImage decoded) throws PictureException {
    int type = decoded.getRaster().getTransferType();
    boolean integers =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    boolean small =
        IntStream.of(decoded.getSampleModel().getSampleSize()).allMatch(bits -> bits <= MOST_BITS);
    if (!integers || !small) {
      throw new PictureException(
          "a picture of signed or fractional samples, or of more than " + MOST_BITS + " bits each",
          "samples of 8 or " + MOST_BITS + " bits",
          "Save it with 8 bits a channel in an image editor.",
          null);
    }
  }
}
