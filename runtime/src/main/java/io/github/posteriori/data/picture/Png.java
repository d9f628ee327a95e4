package io.github.posteriori.data.picture;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/**
 * The chunks of a PNG file: its orientation and colour profile, and whether all that the picture
 * needs are there as they were written.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#5DataRep">Portable Network Graphics (Third Edition),
 *     5</a>
 */
final class Png implements Container {
  private static final int SIGNATURE = 8;
  private static final int ANCILLARY = 0x20;
  private static final int TYPE = 4;
  private static final int MOST_PROFILE_BYTES = 1 << 22;

  private Orientation orientation = Orientation.NORMAL;
  private ICC_Profile profile;

  private Png() {}

  static Png read(byte[] file) throws PictureException {
    Png png = new Png();
    try {
      png.readChunks(ByteBuffer.wrap(file).position(SIGNATURE));
      return png;
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
      throw PictureException.cutShort(e);
    }
  }

  private void readChunks(ByteBuffer file) throws PictureException {
    String type = "";
    while (!type.equals("IEND")) {
      int length = Math.addExact(file.getInt(), TYPE);
      ByteBuffer chunk = file.slice(file.position(), length);
      file.position(file.position() + length);
      type = StandardCharsets.ISO_8859_1.decode(chunk.slice(0, TYPE)).toString();
      if (sum(chunk) != file.getInt() && (chunk.get(0) & ANCILLARY) == 0) {
        throw PictureException.damaged("the checksum of " + type + " is wrong");
      }
      switch (type) {
        case "eXIf" -> orientation = TiffDirectory.read(chunk.position(TYPE)).orientation();
        case "iCCP" -> profile = profile(chunk.position(TYPE));
        default -> {}
      }
    }
  }

  private static int sum(ByteBuffer chunk) {
    CRC32 sum = new CRC32();
    sum.update(chunk.duplicate());
    return (int) sum.getValue();
  }

  /** Reads a name, a zero, the method of compression, and a compressed profile; null if damaged. */
  private static ICC_Profile profile(ByteBuffer chunk) {
    while (chunk.hasRemaining() && chunk.get() != 0) {
      // The name.
    }
    byte[] compressed = new byte[chunk.remaining()];
    chunk.get(compressed);
    try (InputStream bytes = new ByteArrayInputStream(compressed, 1, compressed.length);
        InputStream in = new InflaterInputStream(bytes)) {
      return ICC_Profile.getInstance(in.readNBytes(MOST_PROFILE_BYTES));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public Orientation orientation() {
    return orientation;
  }

  @Override
  public Optional<ICC_Profile> profile() {
    return Optional.ofNullable(profile);
  }
}
