package io.github.posteriori.data.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files made for tests. */
public final class PictureBytes {
  private static final int SHORT = 3;
  private static final int LONG = 4;

  /** The bytes before the first segment that ImageIO writes behind the JFIF header. */
  private static final int JFIF = 20;

  /** The bytes of a PNG file's signature and first chunk. */
  private static final int PNG_HEADER = 33;

  private PictureBytes() {}

  public static byte[] of(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer of " + format);
    }
    return out.toByteArray();
  }

  static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    return written(new IIOImage(image, null, null), writer, parameters);
  }

  /** A JPEG file of samples that it leaves as they are. */
  static byte[] of(Raster samples) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    return written(new IIOImage(samples, null, null), writer, null);
  }

  static byte[] compressedTiff(BufferedImage image, String compression) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionType(compression);
    return written(new IIOImage(image, null, null), writer, parameters);
  }

  private static byte[] written(IIOImage image, ImageWriter writer, ImageWriteParam parameters)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** An uncompressed grey TIFF file that states an orientation. */
  static byte[] tiff(BufferedImage grey, ByteOrder order, int orientation) {
    int width = grey.getWidth();
    int height = grey.getHeight();
    int entries = 10;
    int data = 8 + 2 + 12 * entries + 4;
    ByteBuffer tiff = header(order, data + width * height).putShort((short) entries);
    entry(tiff, 256, SHORT, width);
    entry(tiff, 257, SHORT, height);
    entry(tiff, 258, SHORT, 8);
    entry(tiff, 259, SHORT, 1);
    entry(tiff, 262, SHORT, 1);
    entry(tiff, 273, LONG, data);
    entry(tiff, 274, SHORT, orientation);
    entry(tiff, 277, SHORT, 1);
    entry(tiff, 278, SHORT, height);
    entry(tiff, 279, LONG, width * height);
    tiff.putInt(0);
    for (int i = 0; i < width * height; i++) {
      tiff.put((byte) grey.getRaster().getSample(i % width, i / width, 0));
    }
    return tiff.array();
  }

  /** Exif data that state nothing but an orientation. */
  static byte[] exif(ByteOrder order, int orientation) {
    ByteBuffer exif = header(order, 26).putShort((short) 1);
    entry(exif, 274, SHORT, orientation);
    return exif.array();
  }

  private static ByteBuffer header(ByteOrder order, int length) {
    ByteBuffer tiff = ByteBuffer.allocate(length).order(order);
    byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    return tiff.put(mark).put(mark).putShort((short) 42).putInt(8);
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(1);
    if (type == SHORT) {
      tiff.putShort((short) value).putShort((short) 0);
    } else {
      tiff.putInt(value);
    }
  }

  /** A JPEG file of ImageIO's with a segment behind its JFIF header. */
  static byte[] withSegment(byte[] jpeg, int marker, String identifier, byte[] contents) {
    byte[] name = identifier.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer segment = ByteBuffer.allocate(4 + name.length + contents.length);
    segment.putShort((short) (0xff00 | marker)).putShort((short) (segment.limit() - 2));
    return inserted(jpeg, JFIF, segment.put(name).put(contents).array());
  }

  /** A JPEG file of ImageIO's that says how to turn it upright. */
  public static byte[] withExif(byte[] jpeg, int orientation) {
    return withExif(jpeg, exif(ByteOrder.BIG_ENDIAN, orientation));
  }

  static byte[] withExif(byte[] jpeg, byte[] exif) {
    return withSegment(jpeg, 0xe1, "Exif\0\0", exif);
  }

  /** A PNG file with another chunk behind its header. */
  static byte[] withChunk(byte[] png, String type, byte[] contents) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + contents.length);
    chunk.putInt(contents.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(contents);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + contents.length);
    return inserted(png, PNG_HEADER, chunk.putInt((int) sum.getValue()).array());
  }

  private static byte[] inserted(byte[] file, int at, byte[] more) {
    ByteBuffer all = ByteBuffer.allocate(file.length + more.length);
    return all.put(file, 0, at).put(more).put(file, at, file.length - at).array();
  }

  static byte[] followedBy(byte[] file, byte... more) {
    byte[] all = Arrays.copyOf(file, file.length + more.length);
    System.arraycopy(more, 0, all, file.length, more.length);
    return all;
  }
}
