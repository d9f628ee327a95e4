package io.github.posteriori.data.corruption;

import io.github.posteriori.noise.KeyedRandom;

/**
 * Feathers of ice as on a window: stems that grow in all directions from a few places, each with
 * branches at 60 degrees that are shorter towards its tip.
 */
final class IceCrystals {
  private static final int PLACES = 3;
  private static final int STEMS = 7;
  private static final int BRANCHES = 14;
  private static final double BRANCHING = StrictMath.toRadians(60);

  private final int height;
  private final int width;
  private final int side;
  private final float[] light;

  private IceCrystals(int height, int width) {
    this.height = height;
    this.width = width;
    this.side = Math.min(height, width);
    this.light = new float[height * width];
  }

  /** Returns how much of a crystal each pixel shows, from 0 to 1, row by row. */
  static float[] draw(int height, int width, KeyedRandom random) {
    IceCrystals crystals = new IceCrystals(height, width);
    for (int i = 0; i < PLACES; i++) {
      double y = random.uniform(-0.2, 1.2) * height;
      double x = random.uniform(-0.2, 1.2) * width;
      for (int k = 0; k < STEMS; k++) {
        crystals.stem(y, x, random);
      }
    }
    return crystals.light;
  }

  private void stem(double y, double x, KeyedRandom random) {
    double angle = random.uniform(0, 2 * Math.PI);
    double length = side * random.uniform(0.4, 1);
    double spread = length * random.uniform(0.15, 0.35);
    line(y, x, angle, length, 1);
    for (int i = 1; i <= BRANCHES; i++) {
      double along = (i - random.uniform()) / BRANCHES;
      double fromY = y + along * length * StrictMath.sin(angle);
      double fromX = x + along * length * StrictMath.cos(angle);
      double reach = spread * (1 - along) * random.uniform(0.6, 1);
      double turn = i % 2 == 0 ? BRANCHING : -BRANCHING;
      line(fromY, fromX, angle + turn, reach, 0.7);
    }
  }

  /** Draws a line whose light falls to both sides and towards its end. */
  private void line(double y, double x, double angle, double length, double most) {
    double down = StrictMath.sin(angle);
    double right = StrictMath.cos(angle);
    double thickness = 0.5 + 0.006 * side;
    double reach = 3 * thickness;
    int top = (int) Math.max(0, Math.floor(Math.min(y, y + length * down) - reach));
    int bottom = (int) Math.min(height - 1, Math.ceil(Math.max(y, y + length * down) + reach));
    int left = (int) Math.max(0, Math.floor(Math.min(x, x + length * right) - reach));
    int end = (int) Math.min(width - 1, Math.ceil(Math.max(x, x + length * right) + reach));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= end; column++) {
        double along = (row - y) * down + (column - x) * right;
        double beside = (row - y) * right - (column - x) * down;
        if (along < 0 || along > length || Math.abs(beside) > reach) {
          continue;
        }
        double across = beside / thickness;
        double here = most * (1 - 0.6 * along / length) * StrictMath.exp(-0.5 * across * across);
        int at = row * width + column;
        light[at] = (float) Math.max(light[at], here);
      }
    }
  }
}
