package io.github.posteriori.cli.report;

/** Colours of pictures, which do not follow the reader's theme; as 0xRRGGBB. */
final class Palette {
  /** Blue and vermilion of Okabe and Ito, which colour-blind people can tell apart. */
  static final int BLUE = 0x0072B2;

  static final int ORANGE = 0xD55E00;

  private static final int ZERO = 0xF4F4F2;

  /** Colours from little to much: dark violet, teal, yellow, like viridis of matplotlib. */
  private static final int[] RAMP = {0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725};

  private Palette() {}

  /** Colours a number from -1 (blue) over 0 (light) to 1 (orange). */
  static int signed(double value) {
    return mix(ZERO, value < 0 ? BLUE : ORANGE, Math.min(1, Math.abs(value)));
  }

  /** Colours a number from 0 (dark) to 1 (yellow). */
  static int amount(double value) {
    double at = Math.min(1, Math.max(0, value)) * (RAMP.length - 1);
    int below = Math.min((int) at, RAMP.length - 2);
    return mix(RAMP[below], RAMP[below + 1], at - below);
  }

  /** Mixes two colours, from {@code zero} at 0 to {@code one} at 1. */
  static int mix(int zero, int one, double share) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = zero >> shift & 0xFF;
      int to = one >> shift & 0xFF;
      rgb |= (int) Math.round(from + share * (to - from)) << shift;
    }
    return rgb;
  }
}
