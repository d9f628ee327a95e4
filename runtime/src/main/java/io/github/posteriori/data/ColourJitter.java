package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * Random brightness, contrast, saturation and hue, in random order. Grey is the luma of ITU-R
 * BT.601, or the mean of the channels where they are not red, green and blue.
 *
 * @param brightness a factor uniform in [1 - brightness, 1 + brightness], at least 0
 * @param contrast likewise, away from the mean grey of the image
 * @param saturation likewise, away from the grey of each pixel
 * @param hue a turn uniform in ±{@code hue} of the colour circle, from 0 to 0.5
 */
record ColourJitter(double brightness, double contrast, double saturation, double hue)
    implements Transform {
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  ColourJitter {
    Transform.require("jitter of brightness", brightness, 0, 10);
    Transform.require("jitter of contrast", contrast, 0, 10);
    Transform.require("jitter of saturation", saturation, 0, 10);
    Transform.require("jitter of hue", hue, 0, 0.5);
  }

  @Override
  public void requireFit(String name, Shape.Image shape) {
    if (shape.height() == 1) {
      throw new IllegalArgumentException(
          "jitter changes colours, but %s has signals %s: leave it out".formatted(name, shape));
    }
  }

  @Override
  public void apply(
      Shape.Image shape, float[] source, float[] target, int offset, KeyedRandom random) {
    requirePixels(source, shape.size());
    System.arraycopy(source, 0, target, offset, shape.size());
    int plane = shape.height() * shape.width();
    boolean coloured = shape.channels() == LUMA.length;
    for (int change : random.permutation(4)) {
      switch (change) {
        case 0 -> brighten(target, offset, shape.size(), factor(brightness, random));
        case 1 -> {
          float factor = factor(contrast, random);
          if (contrast > 0) {
            float grey = meanGrey(target, offset, shape.channels(), plane);
            blend(target, offset, shape.size(), factor, grey);
          }
        }
        case 2 -> {
          float factor = factor(saturation, random);
          if (coloured && saturation > 0) {
            saturate(target, offset, plane, factor);
          }
        }
        default -> {
          float turn = (float) random.uniform(-hue, hue);
          if (coloured && hue > 0) {
            turn(target, offset, plane, turn);
          }
        }
      }
    }
  }

  private static void requirePixels(float[] source, int size) {
    float least = 0;
    float most = 1;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, source[i]);
      most = Math.max(most, source[i]);
    }
    if (least < 0 || most > 1) {
      throw new IllegalArgumentException(
          ("jitter found the pixel %s, expected 0 to 1: leave it to the network to standardise"
                  + " (withStandardisation)")
              .formatted(least < 0 ? least : most));
    }
  }

  private static float factor(double strength, KeyedRandom random) {
    return (float) random.uniform(Math.max(0, 1 - strength), 1 + strength);
  }

  private static void brighten(float[] image, int offset, int size, float factor) {
    for (int i = offset; i < offset + size; i++) {
      image[i] = Math.min(1, image[i] * factor);
    }
  }

  /** Moves all pixels away from {@code grey}, or towards it if the factor is below 1. */
  private static void blend(float[] image, int offset, int size, float factor, float grey) {
    float rest = (1 - factor) * grey;
    for (int i = offset; i < offset + size; i++) {
      image[i] = clamp(image[i] * factor + rest);
    }
  }

  private static float meanGrey(float[] image, int offset, int channels, int plane) {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      double own = 0;
      int start = offset + channel * plane;
      for (int i = start; i < start + plane; i++) {
        own += image[i];
      }
      sum += own * (channels == LUMA.length ? LUMA[channel] : 1.0 / channels);
    }
    return (float) (sum / plane);
  }

  private static void saturate(float[] image, int offset, int plane, float factor) {
    for (int red = offset; red < offset + plane; red++) {
      int green = red + plane;
      int blue = green + plane;
      float grey = LUMA[0] * image[red] + LUMA[1] * image[green] + LUMA[2] * image[blue];
      float rest = (1 - factor) * grey;
      image[red] = clamp(image[red] * factor + rest);
      image[green] = clamp(image[green] * factor + rest);
      image[blue] = clamp(image[blue] * factor + rest);
    }
  }

  /** Turns the hue in HSV: value and chroma stay. */
  private static void turn(float[] image, int offset, int plane, float turn) {
    float sixths = 6 * (turn < 0 ? turn + 1 : turn);
    for (int at = offset; at < offset + plane; at++) {
      float red = image[at];
      float green = image[at + plane];
      float blue = image[at + 2 * plane];
      float value = Math.max(red, Math.max(green, blue));
      float chroma = value - Math.min(red, Math.min(green, blue));
      if (chroma > 0) {
        float hue =
            value == red
                ? (green - blue) / chroma
                : value == green ? (blue - red) / chroma + 2 : (red - green) / chroma + 4;
        float turned = hue + sixths; // from -1 to 11
        image[at] = value - chroma * away(turned + 5);
        image[at + plane] = value - chroma * away(turned + 3);
        image[at + 2 * plane] = value - chroma * away(turned + 1);
      }
    }
  }

  /** Returns by how much of the chroma a primary is below the value, this far round the circle. */
  private static float away(float sixths) {
    float round = sixths >= 12 ? sixths - 12 : sixths >= 6 ? sixths - 6 : sixths;
    return Math.max(0, Math.min(1, Math.min(round, 4 - round)));
  }

  private static float clamp(float value) {
    return Math.max(0, Math.min(1, value));
  }

  @Override
  public String toString() {
    boolean same = brightness == contrast && contrast == saturation && hue == 0;
    return "jitter:"
        + Transform.text(brightness)
        + (same
            ? ""
            : "/"
                + Transform.text(contrast)
                + "/"
                + Transform.text(saturation)
                + "/"
                + Transform.text(hue));
  }
}
