package io.github.posteriori.data.corruption;

import io.github.posteriori.noise.KeyedRandom;

/**
 * Clouds by midpoint displacement on a torus, the diamond-square algorithm (Fournier, Fussell and
 * Carpenter 1982, "Computer rendering of stochastic models").
 */
final class Plasma {
  private final int side;
  private final float[] field;
  private final KeyedRandom random;

  private Plasma(int side, KeyedRandom random) {
    this.side = side;
    this.field = new float[side * side];
    this.random = random;
  }

  /**
   * Returns a field from 0 to 1, row by row.
   *
   * @param side its height and width, a power of two from 2
   * @param decay displacements fall by its square each time the step is halved
   */
  static float[] draw(int side, double decay, KeyedRandom random) {
    Plasma plasma = new Plasma(side, random);
    double displacement = 1;
    for (int step = side; step >= 2; step /= 2) {
      plasma.squares(step, displacement);
      plasma.diamonds(step, displacement);
      displacement /= decay * decay;
    }
    return plasma.normalised();
  }

  /** Sets the middle of each square of {@code step} pixels from its corners. */
  private void squares(int step, double displacement) {
    for (int y = 0; y < side; y += step) {
      for (int x = 0; x < side; x += step) {
        float corners = at(y, x) + at(y, x + step) + at(y + step, x) + at(y + step, x + step);
        set(y + step / 2, x + step / 2, corners, displacement);
      }
    }
  }

  /** Sets the middle of each side of the squares from the four points around it. */
  private void diamonds(int step, double displacement) {
    int half = step / 2;
    for (int y = 0; y < side; y += half) {
      for (int x = y % step == 0 ? half : 0; x < side; x += step) {
        float around = at(y - half, x) + at(y + half, x) + at(y, x - half) + at(y, x + half);
        set(y, x, around, displacement);
      }
    }
  }

  private void set(int y, int x, float sum, double displacement) {
    field[y * side + x] = (float) (sum / 4 + displacement * random.uniform(-1, 1));
  }

  private float at(int y, int x) {
    return field[Math.floorMod(y, side) * side + Math.floorMod(x, side)];
  }

  private float[] normalised() {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : field) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    for (int i = 0; i < field.length; i++) {
      field[i] = (field[i] - least) / (most - least);
    }
    return field;
  }
}
