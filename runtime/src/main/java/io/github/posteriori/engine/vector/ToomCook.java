package io.github.posteriori.engine.vector;

/**
 * Convolutions of small images with fewer products, as Toom and Cook multiply polynomials. Where an
 * image of n x n pixels goes to one as large, and the input's rows and columns are taken in
 * reverse, the weight between an input and an output depends on the sum of their places. In one
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
 * x 4 49 for up to 256 ({@link ToomFour}). Either falls into maps of four pixels, of which products
 * take one or a sum. (Toom 1963; Cook 1966. That a convolution is the transposed problem: Winograd,
 * Arithmetic Complexity of Computations, 1980.)
 */
abstract sealed class ToomCook permits Karatsuba, ToomFour {
  /** Parts of a map that are sums. */
  static final int SUMS = 5;

  private final int[] pixels;
  private final int[] sums;

  /**
   * An algorithm.
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
   * The algorithm for a map that has one.
   *
   * @param count of the numbers that each tap has in {@link #weights} and {@link #gradient}
   */
  static ToomCook of(LayerPlan plan, int count) {
    return switch (plan.forward()) {
      case KARATSUBA -> new Karatsuba(plan.geometry(), count);
      case TOOM_FOUR -> new ToomFour(plan.geometry(), count);
      case DIRECT, WINOGRAD ->
          throw new IllegalArgumentException("found the plan " + plan + ", expected Toom and Cook");
    };
  }

  /** Products for an image of {@code side} x {@code side} pixels. */
  static int products(int side) {
    int points = 2 * side - 1;
    return points * points;
  }

  /** How many maps of four pixels there are. */
  abstract int maps();

  /** Whether there are several, which the ways forward and back split into and merge. */
  final boolean isSplit() {
    return maps() > 1;
  }

  /** What of a map is multiplied. */
  final int parts() {
    return pixels.length;
  }

  /** Whether a part of a map is one of its pixels, not a sum. */
  final boolean isPixel(int part) {
    return pixels[part] >= 0;
  }

  /** Which pixel, or which of the sums. */
  final int index(int part) {
    return isPixel(part) ? pixels[part] : sums[part];
  }

  /** Where a map finds each of its pixels in the inputs that it takes, or gives gradients by. */
  abstract int[] places();

  /**
   * Brings an image into those of the maps.
   *
   * @param x {@code [pixels]} of {@code count} numbers, the next {@code step} on
   * @param isInput and thus reversed
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
   * Brings what several maps computed into one image.
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

  /** The sums of a map's pixels at a, b, c and d, {@code step} apart. */
  abstract void sums(
      float[] x, int a, int b, int c, int d, float[] sums, int at, int step, int count);

  /** The pixels of a map, to a, b, c and d, from the products of its parts, {@code step} apart. */
  abstract void outputs(
      float[] products, int at, int step, float[] y, int a, int b, int c, int d, int count);

  /** Numbers that {@link #weights} and {@link #gradient} work on. */
  abstract int workspace();

  /**
   * Brings weights into those of the products: {@code V h V'}.
   *
   * @param h {@code [rows, columns, count]}, and room for the rest of the {@link #workspace}
   * @param to {@code [maps, parts]} of {@code count} numbers, the next {@code step} on
   */
  abstract void weights(float[] h, float[] to, int at, int step);

  /**
   * The gradient by the weights, from that by the products' weights: {@code V' dh V}.
   *
   * @param from {@code [maps, parts, count]}
   * @param dh gets {@code [rows, columns, count]}, and has room for the {@link #workspace}
   */
  abstract void gradient(float[] from, int at, float[] dh);
}
