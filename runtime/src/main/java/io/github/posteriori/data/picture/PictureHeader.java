package io.github.posteriori.data.picture;

/**
 * What the header of a picture file says.
 *
 * @param height of the picture as it is shown, upright
 * @param width of the picture as it is shown, upright
 * @param grey whether it has no colours
 */
public record PictureHeader(int height, int width, boolean grey) {
  /** The number of pixels. */
  public long pixels() {
    return (long) height * width;
  }
}
