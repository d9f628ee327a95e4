package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Weights by which the neighbours of a pixel, and itself, become a pixel; they add up to 1.
 *
 * @param taps of weights other than 0
 */
record Kernel(List<Tap> taps) {
  /** How finely the border of a disk is measured, in parts of a pixel. */
  private static final int PARTS = 16;

  /**
   * The weight of one neighbour.
   *
   * @param down rows below the pixel
   * @param right columns right of it
   */
  record Tap(int down, int right, double weight) {}

  Kernel {
    double sum = taps.stream().mapToDouble(Tap::weight).sum();
    taps = taps.stream().map(tap -> new Tap(tap.down, tap.right, tap.weight / sum)).toList();
  }

  /** Returns a disk: each pixel weighs as much as of its area lies in it. */
  static Kernel disk(double radius) {
    int reach = (int) Math.ceil(radius);
    List<Tap> taps = new ArrayList<>();
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        int inside = inside(y, x, radius);
        if (inside > 0) {
          taps.add(new Tap(y, x, inside));
        }
      }
    }
    return new Kernel(taps);
  }

  /** Counts the parts of a pixel that lie in a disk around the origin. */
  private static int inside(int y, int x, double radius) {
    int inside = 0;
    for (int i = 0; i < PARTS; i++) {
      double down = y + (i + 0.5) / PARTS - 0.5;
      for (int j = 0; j < PARTS; j++) {
        double right = x + (j + 0.5) / PARTS - 0.5;
        if (down * down + right * right <= radius * radius) {
          inside++;
        }
      }
    }
    return inside;
  }

  /**
   * Returns a trail of {@code 2 radius + 1} pixels that starts at the pixel and fades as half a
   * Gaussian.
   *
   * @param sigma of the Gaussian, in pixels
   * @param angle in radians, from right to down
   */
  static Kernel trail(int radius, double sigma, double angle) {
    double down = StrictMath.sin(angle);
    double right = StrictMath.cos(angle);
    List<Tap> taps = new ArrayList<>();
    for (int i = 0; i <= 2 * radius; i++) {
      taps.add(
          new Tap(
              (int) Math.rint(i * down),
              (int) Math.rint(i * right),
              StrictMath.exp(-i * i / (2 * sigma * sigma))));
    }
    return new Kernel(taps);
  }

  /** Replaces an image by its weighted means. */
  void apply(Shape.Image shape, float[] image) {
    int reach =
        taps.stream()
            .mapToInt(tap -> Math.max(Math.abs(tap.down), Math.abs(tap.right)))
            .max()
            .orElse(0);
    int height = shape.height();
    int width = shape.width();
    int wide = width + 2 * reach;
    float[] framed = new float[(height + 2 * reach) * wide];
    float[] sums = new float[height * width];
    for (int plane = 0; plane < image.length; plane += sums.length) {
      for (int y = 0; y < height + 2 * reach; y++) {
        int row = plane + Mirrored.index(y - reach, height) * width;
        for (int x = 0; x < wide; x++) {
          framed[y * wide + x] = image[row + Mirrored.index(x - reach, width)];
        }
      }
      Arrays.fill(sums, 0);
      for (Tap tap : taps) {
        add(framed, (reach + tap.down) * wide + reach + tap.right, wide, tap, sums, width);
      }
      System.arraycopy(sums, 0, image, plane, sums.length);
    }
  }

  private static void add(float[] framed, int start, int wide, Tap tap, float[] sums, int width) {
    float weight = (float) tap.weight;
    for (int row = 0, from = start; row < sums.length; row += width, from += wide) {
      for (int x = 0; x < width; x++) {
        sums[row + x] += weight * framed[from + x];
      }
    }
  }
}
