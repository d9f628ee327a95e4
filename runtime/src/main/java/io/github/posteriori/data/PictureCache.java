package io.github.posteriori.data;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/** Decoded pictures: the first that are read, as many as fit into a share of the heap. */
final class PictureCache {
  /** A command reads up to three sets, one after the other, and a network needs room as well. */
  private static final double SHARE_OF_HEAP = 1.0 / 6;

  private static final int OBJECT = 24;

  private final AtomicReferenceArray<byte[]> pictures;
  private final AtomicLong room;

  PictureCache(int pictures, int bytes) {
    this.pictures = new AtomicReferenceArray<>(pictures);
    this.room =
        new AtomicLong(
            (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()) / (bytes + OBJECT));
  }

  /** Returns a picture, decoded by {@code decode} unless it is kept; not to be changed. */
  byte[] get(int index, IntFunction<byte[]> decode) {
    byte[] kept = pictures.get(index);
    if (kept != null) {
      return kept;
    }
    byte[] pixels = decode.apply(index);
    if (room.get() > 0 && pictures.compareAndSet(index, null, pixels)) {
      room.decrementAndGet();
    }
    return pixels;
  }
}
