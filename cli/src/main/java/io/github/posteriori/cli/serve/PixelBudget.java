package io.github.posteriori.cli.serve;

import io.github.posteriori.data.picture.PictureDecoder;
import io.github.posteriori.data.picture.PictureException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The pixels that may be decoded at a time: so many small pictures, or one large one, that memory
 * does not run out.
 */
final class PixelBudget {
  private static final int UNIT = 1 << 16;

  /** The memory that a pixel takes while it is decoded, generously. */
  private static final int BYTES = 8;

  private final int units;
  private final Semaphore free;

  /** Makes a budget of a quarter of the heap, or of what one picture may have, if that is less. */
  PixelBudget() {
    this(Math.min(Runtime.getRuntime().maxMemory() / 4 / BYTES, 1L << 26));
  }

  PixelBudget(long pixels) {
    this.units = (int) Math.max(1, pixels / UNIT);
    this.free = new Semaphore(units, true);
  }

  /** Reads a picture. */
  @FunctionalInterface
  interface Reader {
    float[] read(byte[] file) throws PictureException;
  }

  /**
   * Reads a picture as soon as its pixels fit.
   *
   * @param nanoseconds how long it may wait for that
   * @throws PictureException when it is none, or its header claims too many pixels
   * @throws Refusal when it has more pixels than fit at all, or others took too long
   */
  float[] read(byte[] file, Reader reader, long nanoseconds)
      throws PictureException, InterruptedException {
    long pixels = PictureDecoder.pixels(file);
    long needed = (pixels + UNIT - 1) / UNIT;
    if (needed > units) {
      throw new Refusal(
          413,
          "the picture has "
              + pixels
              + " pixels, expected at most "
              + (long) units * UNIT
              + ": make it smaller, or give the server more memory");
    }
    if (!free.tryAcquire((int) needed, nanoseconds, TimeUnit.NANOSECONDS)) {
      throw Refusal.busy(503, "the pictures of others take all memory, expected room: try again");
    }
    try {
      return reader.read(file);
    } finally {
      free.release((int) needed);
    }
  }
}
