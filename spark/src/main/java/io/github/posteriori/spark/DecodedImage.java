package io.github.posteriori.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;

/**
 * A picture that Spark has decoded: rows of pixels from the top, of 1 byte (grey), 3 (blue, green,
 * red) or 4 (and alpha), as OpenCV has them.
 */
record DecodedImage(int height, int width, int channels, byte[] data) {
  private static final int HEADER = 54;
  private static final int INFO = 40;
  private static final int COLOURS = 3;
  private static final int WHITE = 255;

  DecodedImage(Row row) {
    this(
        ImageSchema.getHeight(row),
        ImageSchema.getWidth(row),
        ImageSchema.getNChannels(row),
        ImageSchema.getData(row));
  }

  /**
   * Returns the picture as a BMP file of 24 bits a pixel, so that it is read and resized like any
   * other file. Transparent pixels are shown on white.
   *
   * @throws InvalidRowException when Spark could not decode the picture, or it is of another type
   */
  byte[] asBitmap() throws InvalidRowException {
    if (channels != 1 && channels != COLOURS && channels != COLOURS + 1) {
      throw new InvalidRowException(
          "features has an image of "
              + channels
              + " channels, expected 1, 3 or 4: Spark writes -1 where it could not decode a file");
    }
    if (height < 1
        || width < 1
        || data == null
        || data.length != (long) height * width * channels) {
      throw new InvalidRowException(
          "features has an image of %s x %s pixels in %s bytes, expected %s for each pixel"
              .formatted(height, width, data == null ? "no" : data.length, channels));
    }
    int stride = (width * COLOURS + 3) / 4 * 4; // rows end at multiples of 4 bytes
    ByteBuffer file =
        ByteBuffer.allocate(Math.addExact(HEADER, Math.multiplyExact(stride, height)))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(HEADER);
    file.putInt(INFO).putInt(width).putInt(height).putShort((short) 1);
    file.putShort((short) (COLOURS * Byte.SIZE)).putInt(0).putInt(stride * height);
    for (int y = 0; y < height; y++) {
      int to = HEADER + (height - 1 - y) * stride; // rows from the bottom
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < COLOURS; c++) {
          file.put(to + x * COLOURS + c, colour((y * width + x) * channels, c));
        }
      }
    }
    return file.array();
  }

  private byte colour(int pixel, int c) {
    if (channels <= COLOURS) {
      return data[pixel + c % channels];
    }
    int alpha = data[pixel + COLOURS] & WHITE;
    int value = data[pixel + c] & WHITE;
    return (byte) ((value * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
  }
}
