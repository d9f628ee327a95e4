package io.github.posteriori.data.picture;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The segments of a JPEG file: its orientation, its colour profile, which scans there are, and
 * whether it ends.
 *
 * <p>A file without the marker of its end is whole all the same if its scans are.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class Jpeg implements Container {
  private static final short START = (short) 0xffd8;
  private static final int START_OF_SCAN = 0xda;
  private static final int END = 0xd9;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final ByteBuffer EXIF = ByteBuffer.wrap(new byte[] {'E', 'x', 'i', 'f', 0, 0});
  private static final ByteBuffer PROFILE =
      ByteBuffer.wrap("ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1));

  private final JpegScans scans = new JpegScans();

  /** Of the first Exif segment; null without one. */
  private Orientation orientation;

  /** Where the segments of the colour profile begin. */
  private final List<Integer> profile = new ArrayList<>();

  private boolean ends;

  private Jpeg() {}

  static Jpeg read(byte[] file) throws PictureException {
    Jpeg jpeg = segments(file);
    if (!(jpeg.ends ? jpeg.scans.haveAllComponents() : jpeg.scans.haveAllBits())) {
      throw PictureException.cutShort(null);
    }
    return jpeg;
  }

  /** Returns a JPEG file without its colour profile; empty for any other file. */
  static Optional<byte[]> withoutProfile(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < 2 || bytes.getShort(0) != START) {
      return Optional.empty();
    }
    List<Integer> profile = segments(file).profile;
    if (profile.isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    int from = 0;
    for (int segment : profile) {
      rest.write(file, from, segment - from);
      from = segment + 2 + (bytes.getShort(segment + 2) & 0xffff);
    }
    rest.write(file, from, file.length - from);
    return Optional.of(rest.toByteArray());
  }

  private static Jpeg segments(byte[] file) {
    Jpeg jpeg = new Jpeg();
    try {
      jpeg.readSegments(ByteBuffer.wrap(file).position(2));
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      // The file ends before its end marker.
    }
    return jpeg;
  }

  private void readSegments(ByteBuffer file) {
    while (true) {
      int marker = nextMarker(file);
      if (marker == END) {
        ends = true;
        return;
      }
      if (marker <= 1 || marker >= 0xd0 && marker <= 0xd8) {
        continue; // They stand alone.
      }
      int length = (file.getShort(file.position()) & 0xffff) - 2;
      ByteBuffer segment = file.slice(file.position() + 2, length);
      if (marker == APP1 && begins(segment, EXIF) && orientation == null) {
        orientation = TiffDirectory.read(segment.position(EXIF.limit())).orientation();
      } else if (marker == APP2 && begins(segment, PROFILE)) {
        profile.add(file.position() - 2);
      } else if (isFrame(marker)) {
        scans.readFrame(segment);
      } else if (marker == START_OF_SCAN) {
        scans.readScan(segment);
      }
      file.position(file.position() + 2 + length);
    }
  }

  /** Moves behind the next marker, past the compressed data before it. */
  private static int nextMarker(ByteBuffer file) {
    int before = 0;
    int next = file.get() & 0xff;
    while (before != 0xff || next == 0 || next == 0xff || next >= 0xd0 && next <= 0xd7) {
      before = next;
      next = file.get() & 0xff;
    }
    return next;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean begins(ByteBuffer segment, ByteBuffer identifier) {
    return segment.limit() > identifier.limit()
        && segment.slice(0, identifier.limit()).equals(identifier);
  }

  @Override
  public Orientation orientation() {
    return orientation == null ? Orientation.NORMAL : orientation;
  }

  /**
   * Refuses pixels that were made up where data were missing or wrong. Superfluous bytes between
   * segments, which libjpeg reports likewise, do no harm in a file that ends.
   */
  @Override
  public void requireSound(List<String> warnings) throws PictureException {
    for (String warning : warnings) {
      boolean corrupt = warning.startsWith("Corrupt JPEG data");
      if (corrupt && !ends || warning.contains("premature end")) {
        throw PictureException.cutShort(null);
      }
      if (corrupt && !warning.contains("extraneous bytes")) {
        throw PictureException.damaged(warning);
      }
    }
  }
}
