package io.github.posteriori.data.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
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

  private PictureDecoder() {}

  /**
   * Decodes a picture, the first of several.
   *
   * @param file bytes of the file
   * @throws PictureException if it is no picture, is not whole, or has too many pixels
   */
  public static UprightPicture decode(byte[] file) throws PictureException {
    try {
      return decodeAsItIs(file);
    } catch (PictureException e) {
      Optional<byte[]> plain = Jpeg.withoutProfile(file);
      if (plain.isPresent()) {
        return decodeAsItIs(plain.get()); // A profile may be what the decoder fails at.
      }
      throw e;
    }
  }

  private static UprightPicture decodeAsItIs(byte[] file) throws PictureException {
    // In memory, because ImageIO would otherwise copy each picture into a temporary file.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw PictureException.unknown();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return decode(reader, file);
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

  private static UprightPicture decode(ImageReader reader, byte[] file) throws IOException {
    // Read from the header, before memory is allocated for the pixels that it claims.
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    requireSize(pixels);
    if (pixels > MOST_PIXELS_PER_BYTE * file.length) {
      throw PictureException.damaged(pixels + " pixels claimed in " + file.length + " bytes");
    }
    Container container = Container.of(reader.getFormatName(), file);
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage decoded = reader.read(0);
    container.requireSound(warnings);
    requireIntegers(decoded);
    if (decoded.isAlphaPremultiplied()) {
      decoded.coerceData(false);
    }
    return new UprightPicture(container.shown(decoded), container);
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
