package io.github.posteriori.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.uncertainty.StandardNormal;
import org.junit.jupiter.api.Test;

class LargerOfTwoTest {
  private static final double[] MEANS = {-30, -3, -1.2, -0.1, 0, 0.4, 2, 7, 100};
  private static final double[] VARIANCES = {0, 1e-6, 0.04, 1, 9};

  /** Of m1, v1, m2, v2: the mean and variance of the larger. */
  private static float[] larger(double m1, double v1, double m2, double v2) {
    LargerOfTwo pair = new LargerOfTwo(1);
    pair.m1[0] = (float) m1;
    pair.v1[0] = (float) v1;
    pair.m2[0] = (float) m2;
    pair.v2[0] = (float) v2;
    pair.fold(1);
    return new float[] {pair.m2[0], pair.v2[0]};
  }

  /** The larger of x and y is, given x, a function of x and the known law of y. */
  private static Integral integrated(double m1, double v1, double m2, double v2) {
    double s2 = Math.sqrt(v2);
    Integral first = Integral.of(m1, Math.sqrt(v1), x -> mean(x, m2, s2));
    Integral squares = Integral.of(m1, Math.sqrt(v1), x -> square(x - m2, s2));
    double difference = first.mean() - m2;
    return new Integral(first.mean(), squares.mean() - difference * difference);
  }

  /** E max(x, y) of a fixed x. */
  private static double mean(double x, double m2, double s2) {
    double t = s2 == 0 ? Math.signum(x - m2) * 20 : Math.max(-20, Math.min(20, (x - m2) / s2));
    return m2 + (x - m2) * cdf(t) + s2 * StandardNormal.pdf(t);
  }

  /** E (max(x, y) - m2)^2 of a fixed x, which is d above m2. */
  private static double square(double d, double s2) {
    double t = s2 == 0 ? Math.signum(d) * 20 : Math.max(-20, Math.min(20, d / s2));
    return d * d * cdf(t) + s2 * s2 * (1 - cdf(t) + t * StandardNormal.pdf(t));
  }

  private static double cdf(double t) {
    return t > 8 ? 1 : t < -8 ? 0 : StandardNormal.cdf(t);
  }

  @Test
  void agreesWithIntegrationToAMillionth() {
    for (double m1 : MEANS) {
      for (double v1 : VARIANCES) {
        for (double m2 : new double[] {0, 1.5}) {
          for (double v2 : new double[] {0.04, 1, 4}) {
            Integral expected = integrated(m1, v1, m2, v2);
            float[] found = larger(m1, v1, m2, v2);
            String where = m1 + " " + v1 + " " + m2 + " " + v2;
            double scale = Math.max(1, Math.max(Math.abs(m1), Math.sqrt(v1 + v2)));
            assertEquals(expected.mean(), found[0], 1e-6 * scale, where);
            assertEquals(expected.variance(), found[1], 1e-6 * Math.max(1, v1 + v2), where);
          }
        }
      }
    }
  }

  @Test
  void theOrderOfTheTwoDoesNotMatter() {
    float[] found = larger(0.3, 2, -0.4, 0.5);
    assertArrayEquals(found, larger(-0.4, 0.5, 0.3, 2), 1e-6f);
  }

  @Test
  void ofNumbersThatDoNotVaryItIsTheLarger() {
    assertArrayEquals(new float[] {2, 0}, larger(2, 0, -1, 0), 1e-12f);
    assertArrayEquals(new float[] {2, 0}, larger(-1, 0, 2, 0), 1e-12f);
    assertArrayEquals(new float[] {2, 0}, larger(2, 0, 2, 0), 1e-12f);
  }

  @Test
  void everyNumberOfALongRowCounts() {
    int count = 2500;
    LargerOfTwo pairs = new LargerOfTwo(count);
    for (int i = 0; i < count; i++) {
      pairs.m1[i] = (float) Math.sin(i);
      pairs.v1[i] = 0.1f + i % 7;
    }
    pairs.fold(count);
    for (int i = 0; i < count; i++) {
      float[] alone = larger(pairs.m1[i], pairs.v1[i], 0, 0);
      assertEquals(alone[0], pairs.m2[i], "mean " + i);
      assertEquals(alone[1], pairs.v2[i], "variance " + i);
    }
  }
}
