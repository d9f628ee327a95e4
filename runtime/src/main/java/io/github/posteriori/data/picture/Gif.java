package io.github.posteriori.data.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The blocks of a GIF file up to the end of its first picture, and the place of that on the screen.
 *
 * @param width of the screen
 * @param height of the screen
 * @param left column of the screen where the first picture begins
 * @param top row of the screen where the first picture begins
 * @see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF89a specification</a>
 */
record Gif(int width, int height, int left, int top) implements Container {
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;
  private static final int HEADER = 6;

  static Gif read(byte[] file) throws PictureException {
    ByteBuffer blocks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
    try {
      int width = unsigned(blocks);
      int height = unsigned(blocks);
      int flags = blocks.get();
      skip(blocks, 2 + palette(flags));
      int introducer = blocks.get();
      while (introducer == EXTENSION) {
        skip(blocks, 1);
        skipData(blocks);
        introducer = blocks.get();
      }
      if (introducer != PICTURE) {
        throw PictureException.damaged("block " + introducer);
      }
      Gif gif = new Gif(width, height, unsigned(blocks), unsigned(blocks));
      skip(blocks, 4);
      skip(blocks, palette(blocks.get()) + 1);
      skipData(blocks);
      requireNoHole(blocks);
      return gif;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw PictureException.cutShort(e);
    }
  }

  private static int unsigned(ByteBuffer blocks) {
    return blocks.getShort() & 0xffff;
  }

  /** The bytes of the palette that such flags announce. */
  private static int palette(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }

  private static void skip(ByteBuffer blocks, int bytes) {
    blocks.position(blocks.position() + bytes);
  }

  private static void skipData(ByteBuffer blocks) {
    for (int length = blocks.get() & 0xff; length > 0; length = blocks.get() & 0xff) {
      skip(blocks, length);
    }
  }

  /** Refuses zeros to the end of the file, which stand where the rest did not arrive. */
  private static void requireNoHole(ByteBuffer blocks) throws PictureException {
    int start = blocks.position();
    while (blocks.hasRemaining() && blocks.get(blocks.position()) == 0) {
      blocks.get();
    }
    if (!blocks.hasRemaining() && blocks.position() > start) {
      throw PictureException.cutShort(null);
    }
  }

  /** Puts the picture on its screen, which is transparent elsewhere. */
  @Override
  public BufferedImage shown(BufferedImage decoded) throws PictureException {
    int across = Math.max(width, left + decoded.getWidth());
    int down = Math.max(height, top + decoded.getHeight());
    if (across == decoded.getWidth() && down == decoded.getHeight()) {
      return decoded;
    }
    PictureDecoder.requireSize((long) across * down);
    BufferedImage screen = new BufferedImage(across, down, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = screen.createGraphics();
    graphics.drawImage(decoded, left, top, null);
    graphics.dispose();
    return screen;
  }
}
