package io.github.posteriori.engine.vector;

/**
 * Toom-Cook algorithm for convolutions of small images, with fewer products than pairs of pixels.
 * Where an image of n x n pixels is mapped to one as large, and the input's rows and columns are
 * reversed, the weight between an input and an output depends on the sum of their indices. In one
 * direction
 *
 * <pre>
 *   y_i = sum over j of h_i+j x_j,   so   sum over i of y_i z_i = sum over k of h_k c_k
 * </pre>
 *
 * where the c_k are the coefficients of the product of two polynomials, whose own are x and z.
 * These follow from the product's values at 2n - 1 points, of which the last is infinity, where it
 * has its highest coefficient: {@code c = V' (A x * A z)}. So
 *
 * <pre>
 *   y = A' (V h * A x),   dx = A' (V h * A dy),   dh = V' (A x * A dy)
 *   A_pj = a_p^j,   V_pk = coefficient of t^k in  product over finite q other than p of
 *                          (t - a_q) / (a_p - a_q),   of the last in that of all (t - a_q)
 * </pre>
 *
 * and in both directions {@code y = A' (V h V' * A x A') A}, with {@code *} summed over the
 * channels. Images of 2 x 2 pixels need 9 products for 16 pairs of pixels ({@link Karatsuba}), of 4
 * x 4 49 for up to 256 ({@link ToomFour}). Either splits into maps of four pixels, and each product
 * takes one pixel or a sum of some. (Toom 1963; Cook 1966. That a convolution is the transposed
 * problem: Winograd, Arithmetic Complexity of Computations, 1980.)
 */
abstract sealed class ToomCook permits Karatsuba, ToomFour {
  /** The number of parts of a map that are sums. */
  static final int SUMS = 5;

  private final int[] pixels;
  private final int[] sums;

  /**
   * Creates an algorithm.
   *
   * @param pixels for each part of a map, the pixel that it is, or -1 where it is a sum
   */
  ToomCook(int... pixels) {
    this.pixels = pixels;
    this.sums = new int[pixels.length];
    int sum = 0;
    for (int part = 0; part < pixels.length; part++) {
      sums[part] = isPixel(part) ? -1 : sum++;
    }
  }

  /**
   * Creates the algorithm that a plan names.
   *
   * @param count of the numbers that each tap has in {@link #weights} and {@link #gradient}
   */
  static ToomCook of(LayerPlan plan, int count) {
    return switch (plan.forward()) {
      case KARATSUBA -> new Karatsuba(plan.geometry(), count);
      case TOOM_FOUR -> new ToomFour(plan.geometry(), count);
      case DIRECT, PANEL, DEPTHWISE, WINOGRAD ->
          throw new IllegalArgumentException("found the plan " + plan + ", expected Toom and Cook");
    };
  }

  /** The number of products for an image of {@code side} x {@code side} pixels. */
  static int products(int side) {
    int points = 2 * side - 1;
    return points * points;
  }

  /** The number of maps of four pixels. */
  abstract int maps();

  /** Whether there are several maps, into which images are split and from which they are merged. */
  final boolean isSplit() {
    return maps() > 1;
  }

  /** The number of parts of a map, one for each of its products. */
  final int parts() {
    return pixels.length;
  }

  /** Whether a part of a map is one of its pixels, not a sum. */
  final boolean isPixel(int part) {
    return pixels[part] >= 0;
  }

  /** The index of a part among the pixels, or among the sums. */
  final int index(int part) {
    return isPixel(part) ? pixels[part] : sums[part];
  }

  /** The place of each of a map's pixels in its inputs. */
  abstract int[] places();

  /**
   * Splits an image into those of the maps.
   *
   * @param x {@code [pixels]} of {@code count} numbers, the next {@code step} on
   * @param isInput whether it is an input, and thus reversed
   * @param to {@code [maps, 4]} of as many, the next map {@code mapStep}, the next pixel {@code
   *     pixelStep} on
   */
  abstract void split(
      float[] x,
      int from,
      int step,
      boolean isInput,
      float[] to,
      int at,
      int mapStep,
      int pixelStep,
      int count);

  /**
   * Merges the results of several maps into one image.
   *
   * @param from {@code [maps, 4]}, as {@link #split} leaves them
   * @param y gets {@code [pixels]} of {@code count} numbers, the next {@code step} on
   */
  abstract void merge(
      float[] from,
      int at,
      int mapStep,
      int pixelStep,
      float[] y,
      int to,
      int step,
      boolean isInput,
      int count);

  /** Computes the sums of a map's pixels at a, b, c and d, {@code step} apart. */
  abstract void sums(
      float[] x, int a, int b, int c, int d, float[] sums, int at, int step, int count);

  /**
   * Computes the pixels of a map, at a, b, c and d, from the products of its parts, {@code step}
   * apart.
   */
  abstract void outputs(
      float[] products, int at, int step, float[] y, int a, int b, int c, int d, int count);

  /** Floats of the workspace of {@link #weights} and {@link #gradient}. */
  abstract int workspace();

  /**
   * Transforms weights into those of the products: {@code V h V'}.
   *
   * @param h {@code [rows, columns, count]}, and room for the rest of the {@link #workspace}
   * @param to {@code [maps, parts]} of {@code count} numbers, the next {@code step} on
   */
  abstract void weights(float[] h, float[] to, int at, int step);

  /**
   * Computes the gradient by the weights from that by the products' weights: {@code V' dh V}.
   *
   * @param from {@code [maps, parts, count]}
   * @param dh gets {@code [rows, columns, count]}, and has room for the {@link #workspace}
   */
  abstract void gradient(float[] from, int at, float[] dh);
}
