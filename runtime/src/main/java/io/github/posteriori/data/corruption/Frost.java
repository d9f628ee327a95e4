package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * a x + b ice. Where the published sets paste photographs of ice, it is drawn here: a film as light
 * and blue as theirs, uneven by {@link Plasma}, with {@link IceCrystals} in it.
 *
 * @param kept a, the share of the image
 * @param ice b, the share of the ice
 */
record Frost(double kept, double ice) implements Distortion {
  /** Kept and ice. */
  private static final double[][] SMALL = {
    {1, 0.2}, {1, 0.3}, {0.9, 0.4}, {0.85, 0.4}, {0.75, 0.45}
  };

  private static final double[][] LARGE = {
    {1, 0.4}, {0.8, 0.6}, {0.7, 0.7}, {0.65, 0.7}, {0.6, 0.75}
  };

  private static final double[] TINT = {0.9, 1.02, 1.08};

  /** How much lighter or darker the film is in places. */
  private static final double UNEVENNESS = 0.4;

  /** How much lighter the middle of a crystal is than the film. */
  private static final double CRYSTAL = 0.45;

  static Frost of(Scale scale, int strength) {
    double[] chosen = scale.choose(strength, SMALL, LARGE);
    return new Frost(chosen[0], chosen[1]);
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    int height = shape.height();
    int width = shape.width();
    double film = random.uniform(0.35, 0.7);
    int side = Math.max(2, Integer.highestOneBit(2 * Math.max(height, width) - 1));
    float[] clouds = Plasma.draw(side, 1.4, random);
    float[] crystals = IceCrystals.draw(height, width, random);
    for (int i = 0; i < image.length; i++) {
      int at = i % crystals.length;
      float cloud = clouds[at / width * side + at % width];
      double light = film + UNEVENNESS * (cloud - 0.5) + CRYSTAL * crystals[at];
      double tint = shape.channels() == 1 ? 1 : TINT[i / crystals.length];
      image[i] = (float) (kept * image[i] + ice * Math.max(0, Math.min(1, tint * light)));
    }
  }
}
