package io.github.posteriori.data.picture;

import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a picture file says beside its pixels; the decoders of {@code javax.imageio} pass over it.
 */
interface Container {

  /**
   * Reads a file.
   *
   * @param format as {@link javax.imageio.ImageReader#getFormatName} names it
   * @throws PictureException if a part of the file is missing or damaged
   */
  static Container of(String format, byte[] file) throws PictureException {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "jpeg" -> Jpeg.read(file);
      case "png" -> Png.read(file);
      case "gif" -> Gif.read(file);
      case "tif", "tiff" -> Tiff.read(file);
      case "wbmp" -> Wbmp.read(file);
      default -> new Container() {};
    };
  }

  /** How the picture is turned to stand upright. */
  default Orientation orientation() {
    return Orientation.NORMAL;
  }

  /** The profile of its colours that the decoder has not applied. */
  default Optional<ICC_Profile> profile() {
    return Optional.empty();
  }

  /** Returns the picture to show, for what a decoder has read. */
  default BufferedImage shown(BufferedImage decoded) throws PictureException {
    return decoded;
  }

  /**
   * Checks what a decoder has warned of.
   *
   * @throws PictureException if pixels are missing or wrong
   */
  default void requireSound(List<String> warnings) throws PictureException {}
}
