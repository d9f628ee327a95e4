package io.github.posteriori.data.picture;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * The first directory of a TIFF file: its orientation, and whether strips and tiles that are JPEG
 * lie inside the file, for which the decoder makes up what is missing.
 */
record Tiff(Orientation orientation) implements Container {
  private static final int COMPRESSION = 259;
  private static final int STRIPS = 273;
  private static final int STRIP_LENGTHS = 279;
  private static final int TILES = 324;
  private static final int TILE_LENGTHS = 325;
  private static final Set<Long> JPEG = Set.of(6L, 7L);

  static Tiff read(byte[] file) throws PictureException {
    TiffDirectory directory = TiffDirectory.read(ByteBuffer.wrap(file));
    long[] compression = directory.values(COMPRESSION);
    if (compression.length == 1 && JPEG.contains(compression[0])) {
      requireInside(directory.values(STRIPS), directory.values(STRIP_LENGTHS), file.length);
      requireInside(directory.values(TILES), directory.values(TILE_LENGTHS), file.length);
    }
    return new Tiff(directory.orientation());
  }

  private static void requireInside(long[] starts, long[] lengths, int end)
      throws PictureException {
    for (int i = 0; i < Math.min(starts.length, lengths.length); i++) {
      if (starts[i] + lengths[i] > end) {
        throw PictureException.cutShort(null);
      }
    }
  }
}
