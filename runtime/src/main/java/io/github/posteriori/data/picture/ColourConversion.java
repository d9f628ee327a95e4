package io.github.posteriori.data.picture;

import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** Converts pixels of an embedded colour profile to sRGB. */
final class ColourConversion {
  private final ComponentColorModel colours;
  private final ColorConvertOp conversion = new ColorConvertOp(null);

  private ColourConversion(ICC_Profile profile) {
    this.colours =
        new ComponentColorModel(
            new ICC_ColorSpace(profile), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
  }

  /** Returns the conversion from a profile; none from one that is damaged or not of RGB. */
  static Optional<ColourConversion> from(ICC_Profile profile) {
    try {
      if (profile.getColorSpaceType() != ColorSpace.TYPE_RGB) {
        return Optional.empty();
      }
      ColourConversion conversion = new ColourConversion(profile);
      conversion.convert(new int[1]);
      return Optional.of(conversion);
    } catch (CMMException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Replaces the colours of some pixels, each as alpha, red, green and blue; keeps their alphas.
   */
  void convert(int[] argb) {
    WritableRaster raster = colours.createCompatibleWritableRaster(argb.length, 1);
    for (int x = 0; x < argb.length; x++) {
      for (int colour = 0; colour < 3; colour++) {
        raster.setSample(x, 0, colour, argb[x] >> 16 - 8 * colour & 0xff);
      }
    }
    BufferedImage target = new BufferedImage(argb.length, 1, BufferedImage.TYPE_INT_RGB);
    conversion.filter(new BufferedImage(colours, raster, false, null), target);
    int[] converted = target.getRGB(0, 0, argb.length, 1, null, 0, argb.length);
    for (int x = 0; x < argb.length; x++) {
      argb[x] = argb[x] & 0xff000000 | converted[x] & 0xffffff;
    }
  }
}
