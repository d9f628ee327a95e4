package io.github.posteriori.cli.report;

import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;

/**
 * The filters of a convolution as small pictures, a pixel for each position of the window.
 *
 * @param out how many filters there are
 * @param in channels that a filter looks at
 * @param rows of the window
 * @param columns of the window
 */
record FilterPictures(int out, int in, int rows, int columns) {

  /** Makes pictures for weights of shape {@code [out, in, rows, columns]}. */
  static FilterPictures of(long[] shape) {
    return new FilterPictures((int) shape[0], (int) shape[1], (int) shape[2], (int) shape[3]);
  }

  /** Tells whether filters look at red, green and blue. */
  boolean coloured() {
    return in == 3;
  }

  /** Draws weights between {@code -largest} and {@code largest}, row-major. */
  Element signed(double[] weights, double largest) {
    double scale = largest > 0 ? largest : 1;
    return all(
        "weights of filter",
        at ->
            coloured()
                ? rgb(weights, at, scale)
                : Palette.signed(channelMean(weights, at) / scale));
  }

  /** Draws numbers from 0 to {@code high}, row-major. */
  Element amounts(double[] numbers, double high) {
    return all(
        "signal-to-noise ratio of filter", at -> Palette.amount(channelMean(numbers, at) / high));
  }

  /** Asks for the colour of each position {@code filter * rows * columns + position}. */
  private Element all(String what, IntUnaryOperator colour) {
    Element list = Element.of("ul", "filters");
    int area = rows * columns;
    for (int filter = 0; filter < out; filter++) {
      BufferedImage pixels = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
      for (int position = 0; position < area; position++) {
        int rgb = colour.applyAsInt(filter * area + position);
        pixels.setRGB(position % columns, position / columns, rgb);
      }
      list.add(Element.of("li").add(Png.image(pixels, what + " " + (filter + 1))));
    }
    return list;
  }

  private double channelMean(double[] values, int at) {
    double sum = 0;
    for (int channel = 0; channel < in; channel++) {
      sum += value(values, at, channel);
    }
    return sum / in;
  }

  private int rgb(double[] weights, int at, double scale) {
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      double light = 0.5 + 0.5 * value(weights, at, channel) / scale;
      rgb = rgb << 8 | (int) Math.round(255 * light);
    }
    return rgb;
  }

  private double value(double[] values, int at, int channel) {
    int area = rows * columns;
    return values[((at / area) * in + channel) * area + at % area];
  }
}
