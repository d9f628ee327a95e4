package io.github.posteriori.data;

/** Reads bytes, 0 to 255, as pixels from 0 to 1. */
final class BytePixels {
  /** The pixel of each byte: a division for each would take longer than the copy. */
  private static final float[] PIXELS = new float[256];

  static {
    for (int i = 0; i < PIXELS.length; i++) {
      PIXELS[i] = i / 255f;
    }
  }

  private BytePixels() {}

  /** Writes the pixels of {@code count} bytes from {@code first} on. */
  static void read(byte[] bytes, int first, int count, float[] target, int offset) {
    for (int i = 0; i < count; i++) {
      target[offset + i] = PIXELS[bytes[first + i] & 0xff];
    }
  }
}
