package io.github.posteriori.data;

import java.util.List;

/**
 * How one hand distorts what it writes: a smooth wave that bends, then rotation, shear and scale.
 *
 * <p>It maps the unit square to pixels around the origin.
 */
final class Warp {
  private static final double BEND = 0.035;
  private static final double ROTATION = 0.30;
  private static final double SHEAR = 0.30;
  private static final double SMALLEST = 17;
  private static final double LARGEST = 25;
  private static final double STRETCH = 0.20;

  private final double[] waveX;
  private final double[] waveY;
  private final double xx;
  private final double xy;
  private final double yx;
  private final double yy;

  private Warp(KeyedRandom random) {
    waveX = wave(random);
    waveY = wave(random);
    double angle = ROTATION * random.uniform(-1, 1);
    double shear = SHEAR * random.uniform(-1, 1);
    double size = random.uniform(SMALLEST, LARGEST);
    double width = size * (1 + STRETCH * random.uniform(-1, 1));
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    xx = cos * width;
    xy = (cos * shear - sin) * size;
    yx = sin * width;
    yy = (sin * shear + cos) * size;
  }

  static Warp random(KeyedRandom random) {
    return new Warp(random);
  }

  List<Curve> apply(List<Curve> curves) {
    return curves.stream().map(this::apply).toList();
  }

  private Curve apply(Curve curve) {
    int vertices = curve.xs().length;
    Curve warped = new Curve(new double[vertices], new double[vertices]);
    for (int i = 0; i < vertices; i++) {
      double x = curve.xs()[i] - 0.5;
      double y = curve.ys()[i] - 0.5;
      double bentX = x + bend(waveX, x, y);
      double bentY = y + bend(waveY, x, y);
      warped.xs()[i] = xx * bentX + xy * bentY;
      warped.ys()[i] = yx * bentX + yy * bentY;
    }
    return warped;
  }

  /** Amplitude, phase and direction, with at most about one period across the square. */
  private static double[] wave(KeyedRandom random) {
    return new double[] {
      BEND * random.uniform(0, 2),
      random.uniform(0, 2 * Math.PI),
      random.uniform(-6, 6),
      random.uniform(-6, 6)
    };
  }

  private static double bend(double[] wave, double x, double y) {
    return wave[0] * StrictMath.sin(wave[1] + wave[2] * x + wave[3] * y);
  }
}
