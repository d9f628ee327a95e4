package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * Convolutions of small images with fewer products. Where an image of 2 x 2 pixels goes to one as
 * large, each of 4 inputs meets each of 4 outputs: 16 products with 9 different weights. Nine
 * products do: see {@link KaratsubaLoops}. Images of 4 x 4 pixels are four quadrants of 2 x 2, and
 * what holds for pixels holds for quadrants: nine maps of 2 x 2 pixels, 81 products in place of up
 * to 256.
 *
 * <p>The rows and columns of an input are taken in reverse, so that the weight between an input and
 * an output depends on the sum of their places.
 */
final class Karatsuba {
  /** Products of a map of 2 x 2 pixels. */
  static final int PARTS = 9;

  /** Those of them in which sums of quadrants are multiplied. */
  static final int SUMS = 5;

  /** For each part, the quadrant that it is, or -1. */
  private static final int[] QUADRANT = {-1, -1, -1, -1, 0, 1, -1, 2, 3};

  /** For each part that is none, which of the sums. */
  private static final int[] SUM = {0, 1, 2, 3, -1, -1, 4, -1, -1};

  private static final int[] IN_ORDER = {0, 1, 2, 3};

  private final int side;
  private final int taps;
  private final int count;

  /** Which pixels are in the same place of the four quadrants, for each place. */
  private final int[][] places;

  private final int[][] placesReversed;

  /** Where the nine blocks of weights have their entry, for each entry of a block. */
  private final int[][] entries;

  /** Of 4 x 4 pixels, where each block's nine entries are. */
  private final int[][] blocks;

  /**
   * The algorithm for a map that has one.
   *
   * @param count of the numbers that each tap has in {@link #weights} and {@link #gradient}
   */
  Karatsuba(Geometry geometry, int count) {
    this.side = geometry.input().height();
    this.taps = geometry.taps();
    this.count = count;
    int half = side / 2;
    this.places = new int[half * half][4];
    this.placesReversed = new int[half * half][4];
    for (int place = 0; place < places.length; place++) {
      for (int quadrant = 0; quadrant < 4; quadrant++) {
        int row = place / half + quadrant / 2 * half;
        int column = place % half + quadrant % 2 * half;
        places[place][quadrant] = row * side + column;
        placesReversed[place][quadrant] = side * side - 1 - places[place][quadrant];
      }
    }
    int across = side - 1; // entries of a block in one direction
    this.entries = new int[across * across][PARTS];
    for (int entry = 0; entry < entries.length; entry++) {
      for (int block = 0; block < PARTS; block++) {
        int row = entry / across + block / 3 * half;
        int column = entry % across + block % 3 * half;
        entries[entry][block] = tap(row, column, geometry.window()) * count;
      }
    }
    this.blocks = new int[side == 2 ? 0 : PARTS][PARTS];
    for (int block = 0; block < blocks.length; block++) {
      for (int entry = 0; entry < PARTS; entry++) {
        blocks[block][entry] = (taps + 1 + block * PARTS + entry) * count;
      }
    }
  }

  /** The tap between inputs and outputs whose places add up to these; {@code taps} for none. */
  private int tap(int row, int column, Window window) {
    int tapRow = side - 1 + window.paddingRows() - row;
    int tapColumn = side - 1 + window.paddingColumns() - column;
    boolean isInside =
        tapRow >= 0 && tapRow < window.rows() && tapColumn >= 0 && tapColumn < window.columns();
    return isInside ? tapRow * window.columns() + tapColumn : taps;
  }

  /** Whether it saves a map at least a third of its products. */
  static boolean pays(Geometry geometry) {
    int side = geometry.input().height();
    if ((side != 2 && side != 4)
        || geometry.input().width() != side
        || geometry.output().height() != side
        || geometry.output().width() != side
        || !geometry.isDense()
        || !BatchProduct.pays(geometry)) {
      return false;
    }
    int products = maps(side) * PARTS;
    return 3 * products <= 2 * geometry.pairs();
  }

  private static int maps(int side) {
    return side == 2 ? 1 : PARTS;
  }

  /** Whether a part of an image is one of its quadrants, not a sum. */
  static boolean isQuadrant(int part) {
    return QUADRANT[part] >= 0;
  }

  /** Which quadrant, or which of the sums. */
  static int index(int part) {
    return isQuadrant(part) ? QUADRANT[part] : SUM[part];
  }

  /** How many maps of 2 x 2 pixels there are. */
  int maps() {
    return maps(side);
  }

  /** Whether an image must be split into those of several maps. */
  boolean isSplit() {
    return side == 4;
  }

  /** Which pixel each quadrant is, in the image of 2 x 2 that a map multiplies or leaves. */
  int[] quadrants(boolean isInput) {
    return side == 2 && isInput ? placesReversed[0] : IN_ORDER;
  }

  /**
   * Brings an image of 4 x 4 pixels into those of the maps.
   *
   * @param x {@code [pixels]} of {@code count} numbers, the next {@code step} on
   * @param isInput and thus reversed
   * @param to {@code [maps, 4]} of as many, the next map {@code mapStep}, the next pixel {@code
   *     pixelStep} on
   */
  void split(
      float[] x,
      int from,
      int step,
      boolean isInput,
      float[] to,
      int at,
      int mapStep,
      int pixelStep,
      int count) {
    int[][] all = isInput ? placesReversed : places;
    for (int place = 0; place < 4; place++) {
      KaratsubaLoops.split(
          x,
          from + all[place][0] * step,
          from + all[place][1] * step,
          from + all[place][2] * step,
          from + all[place][3] * step,
          to,
          at + place * pixelStep,
          mapStep,
          count);
    }
  }

  /**
   * Brings what the maps computed into one image.
   *
   * @param y gets {@code [pixels]} of {@code count} numbers, the next {@code step} on
   * @param from {@code [maps, 4]}, as {@link #split} leaves them
   * @param areVariances whether no number of y may be negative
   */
  void merge(
      float[] from,
      int at,
      int mapStep,
      int pixelStep,
      float[] y,
      int to,
      int step,
      boolean isInput,
      boolean areVariances,
      int count) {
    int[][] all = isInput ? placesReversed : places;
    for (int place = 0; place < 4; place++) {
      merge(
          areVariances,
          from,
          at + place * pixelStep,
          mapStep,
          y,
          to + all[place][0] * step,
          to + all[place][1] * step,
          to + all[place][2] * step,
          to + all[place][3] * step,
          count);
    }
  }

  /** Brings the parts of one map into its four quadrants. */
  static void merge(
      boolean areVariances,
      float[] parts,
      int at,
      int step,
      float[] y,
      int a,
      int b,
      int c,
      int d,
      int count) {
    KaratsubaLoops.merge(parts, at, step, y, a, b, c, d, count);
    if (areVariances) {
      Elementwise.keepAbove(parts, at, y, a, count);
      Elementwise.keepAbove(parts, at, y, b, count);
      Elementwise.keepAbove(parts, at, y, c, count);
      Elementwise.keepAbove(parts, at, y, d, count);
    }
  }

  /** Numbers that {@link #weights} and {@link #gradient} work on. */
  int workspace() {
    return (taps + 1 + blocks.length * PARTS) * count;
  }

  /**
   * Brings weights into those of the products.
   *
   * @param h {@code [taps + 1, count]}, the last of them zeros, and room for the rest of the {@link
   *     #workspace}
   * @param to {@code [maps, PARTS]} of {@code count} numbers, the next {@code step} on
   */
  void weights(float[] h, float[] to, int at, int step) {
    if (side == 2) {
      KaratsubaLoops.weights(h, entries[0], to, at, step, count);
      return;
    }
    for (int entry = 0; entry < entries.length; entry++) {
      KaratsubaLoops.weights(h, entries[entry], h, blocks[0][entry], PARTS * count, count);
    }
    for (int map = 0; map < blocks.length; map++) {
      KaratsubaLoops.weights(h, blocks[map], to, at + map * PARTS * step, step, count);
    }
  }

  /**
   * The gradient by the weights, from that by the products' weights.
   *
   * @param from {@code [maps, PARTS]} of {@code count} numbers, the next {@code step} on
   * @param dh gets {@code [taps, count]}, and has room for the {@link #workspace}
   */
  void gradient(float[] from, int at, int step, float[] dh) {
    Arrays.fill(dh, 0, workspace(), 0);
    if (side == 2) {
      KaratsubaLoops.addGradient(from, at, step, dh, entries[0], count);
      return;
    }
    for (int map = 0; map < blocks.length; map++) {
      KaratsubaLoops.addGradient(from, at + map * PARTS * step, step, dh, blocks[map], count);
    }
    for (int entry = 0; entry < entries.length; entry++) {
      KaratsubaLoops.addGradient(dh, blocks[0][entry], PARTS * count, dh, entries[entry], count);
    }
  }
}
