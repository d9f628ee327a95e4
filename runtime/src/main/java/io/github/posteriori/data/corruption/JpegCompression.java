package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Written as a JPEG file by {@code javax.imageio}, and read again.
 *
 * @param quality from 1 to 100, as the Independent JPEG Group counts it
 */
record JpegCompression(int quality) implements Distortion {
  private static final double[] SMALL = {80, 65, 58, 50, 40};
  private static final double[] LARGE = {25, 18, 15, 10, 7};

  static JpegCompression of(Scale scale, int strength) {
    return new JpegCompression((int) scale.choose(strength, SMALL, LARGE));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    try {
      BufferedImage read = read(write(bytes(shape, image)));
      WritableRaster raster = read.getRaster();
      int plane = shape.height() * shape.width();
      for (int i = 0; i < image.length; i++) {
        int at = i % plane;
        int x = at % shape.width();
        int y = at / shape.width();
        int shown =
            shape.channels() == 1
                ? raster.getSample(x, y, 0)
                : read.getRGB(x, y) >> 8 * (2 - i / plane) & 0xff;
        image[i] = shown / 255f;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an image in memory cannot be written as JPEG", e);
    }
  }

  private static BufferedImage bytes(Shape.Image shape, float[] image) {
    int type = shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage bytes = new BufferedImage(shape.width(), shape.height(), type);
    int plane = shape.height() * shape.width();
    for (int i = 0; i < image.length; i++) {
      int at = i % plane;
      int value = Math.round(255 * image[i]);
      bytes.getRaster().setSample(at % shape.width(), at / shape.width(), i / plane, value);
    }
    return bytes;
  }

  private byte[] write(BufferedImage image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality / 100f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static BufferedImage read(byte[] file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }
}
