package io.github.posteriori.data.picture;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Optional;

/**
 * A decoded picture as a viewer shows it: upright, on a white ground, read row by row.
 *
 * <p>Grey is {@code 0.299 red + 0.587 green + 0.114 blue} (ITU-R BT.601).
 */
public final class UprightPicture {
  private static final int WHITE = 255;

  private final BufferedImage stored;
  private final Orientation orientation;
  private final Optional<ColourConversion> conversion;

  UprightPicture(BufferedImage stored, Container container) {
    this.stored = stored;
    this.orientation = container.orientation();
    this.conversion = container.profile().flatMap(ColourConversion::from);
  }

  public int width() {
    return orientation.transposes() ? stored.getHeight() : stored.getWidth();
  }

  public int height() {
    return orientation.transposes() ? stored.getWidth() : stored.getHeight();
  }

  /** Reads the grey of row {@code y}, from 0, black, to 255, into {@code width()} numbers. */
  public void readGrey(int y, float[] target) {
    if (isGrey()) {
      readSamples(y, target);
      return;
    }
    int[] argb = argb(y);
    for (int x = 0; x < argb.length; x++) {
      float light =
          0.299f * (argb[x] >> 16 & 0xff)
              + 0.587f * (argb[x] >> 8 & 0xff)
              + 0.114f * (argb[x] & 0xff);
      target[at(x)] = onWhite(light, (argb[x] >>> 24) / 255f);
    }
  }

  /**
   * Reads the colours of row {@code y}, from 0 to 255.
   *
   * @param target receives {@code width()} numbers each of red, green and blue
   */
  public void readColours(int y, float[][] target) {
    if (isGrey()) {
      readSamples(y, target[0]);
      System.arraycopy(target[0], 0, target[1], 0, target[0].length);
      System.arraycopy(target[0], 0, target[2], 0, target[0].length);
      return;
    }
    int[] argb = argb(y);
    int start = at(0);
    int step = orientation.reverses() ? -1 : 1;
    for (int x = 0; x < argb.length; x++) {
      int pixel = argb[x];
      int alpha = pixel >>> 24;
      for (int colour = 0; colour < 3; colour++) {
        int light = pixel >> 16 - 8 * colour & 0xff;
        target[colour][start + step * x] = alpha == 255 ? light : onWhite(light, alpha / 255f);
      }
    }
  }

  private boolean isGrey() {
    return !(stored.getColorModel() instanceof IndexColorModel)
        && stored.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** Reads grey as it is stored, because getRGB would take it for linear light and brighten it. */
  private void readSamples(int y, float[] target) {
    Line line = line(y);
    int most = (1 << stored.getSampleModel().getSampleSize(0)) - 1;
    int[] samples =
        stored.getRaster().getSamples(line.x, line.y, line.width, line.height, 0, (int[]) null);
    boolean alpha = stored.getColorModel().hasAlpha();
    int[] alphas =
        alpha
            ? stored
                .getAlphaRaster()
                .getSamples(line.x, line.y, line.width, line.height, 0, (int[]) null)
            : null;
    for (int x = 0; x < samples.length; x++) {
      float light = samples[x] * 255f / most;
      target[at(x)] = alpha ? onWhite(light, (float) alphas[x] / most) : light;
    }
  }

  private int[] argb(int y) {
    Line line = line(y);
    if (isInkWithoutProfile()) {
      return light(line);
    }
    int[] argb =
        stored.getType() == BufferedImage.TYPE_3BYTE_BGR
            ? opaque(line)
            : stored.getRGB(line.x, line.y, line.width, line.height, null, 0, line.width);
    conversion.ifPresent(profile -> profile.convert(argb));
    return argb;
  }

  /** Reads what getRGB does of the most common kind of picture, many times faster. */
  private int[] opaque(Line line) {
    byte[] samples =
        (byte[]) stored.getRaster().getDataElements(line.x, line.y, line.width, line.height, null);
    int[] argb = new int[line.width * line.height];
    for (int i = 0; i < argb.length; i++) {
      int red = samples[3 * i] & 0xff;
      int green = samples[3 * i + 1] & 0xff;
      argb[i] = 0xff000000 | red << 16 | green << 8 | samples[3 * i + 2] & 0xff;
    }
    return argb;
  }

  private boolean isInkWithoutProfile() {
    ColorSpace colours = stored.getColorModel().getColorSpace();
    return colours.getType() == ColorSpace.TYPE_CMYK && !(colours instanceof ICC_ColorSpace);
  }

  /** Takes from white what each ink absorbs, as viewers do; getRGB would brighten it, too. */
  private int[] light(Line line) {
    int[] inks =
        stored.getRaster().getPixels(line.x, line.y, line.width, line.height, (int[]) null);
    float most = (1 << stored.getSampleModel().getSampleSize(0)) - 1;
    int[] argb = new int[line.width * line.height];
    for (int i = 0; i < argb.length; i++) {
      float black = inks[4 * i + 3] / most;
      int rgb = 0xff;
      for (int ink = 0; ink < 3; ink++) {
        rgb = rgb << 8 | Math.round(WHITE * (1 - inks[4 * i + ink] / most) * (1 - black));
      }
      argb[i] = rgb;
    }
    return argb;
  }

  /** The stored row or column that is an upright row. */
  private record Line(int x, int y, int width, int height) {}

  private Line line(int y) {
    int line = orientation.line(y, height());
    return orientation.transposes()
        ? new Line(line, 0, 1, stored.getHeight())
        : new Line(0, line, stored.getWidth(), 1);
  }

  private int at(int x) {
    return orientation.reverses() ? width() - 1 - x : x;
  }

  private static float onWhite(float light, float alpha) {
    return light * alpha + WHITE * (1 - alpha);
  }
}
