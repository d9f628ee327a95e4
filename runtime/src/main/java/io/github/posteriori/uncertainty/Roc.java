package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The receiver operating characteristic: true and false positives at each distinct score as
 * threshold. Outside is the positive class. Source: Fawcett 2006, "An introduction to ROC
 * analysis".
 */
final class Roc {
  private static final Point NOTHING = new Point(0, 0);

  /** The counts at one threshold: positives from outside are true, those from inside false. */
  private record Point(long truePositives, long falsePositives) {}

  private final List<Point> points;
  private final long inside;
  private final long outside;

  private Roc(List<Point> points, long inside, long outside) {
    this.points = points;
    this.inside = inside;
    this.outside = outside;
  }

  /**
   * Computes the characteristic of scores from inside and outside.
   *
   * @throws IllegalArgumentException when there are no scores on one side, or one is NaN
   * @throws NullPointerException when an argument is null
   */
  static Roc of(double[] inside, double[] outside) {
    double[] in = sorted("inside", inside);
    double[] out = sorted("outside", outside);
    List<Point> points = new ArrayList<>();
    int belowIn = in.length;
    int belowOut = out.length;
    while (belowIn > 0 || belowOut > 0) {
      double threshold = Math.max(highest(in, belowIn), highest(out, belowOut));
      while (belowIn > 0 && in[belowIn - 1] == threshold) {
        belowIn--;
      }
      while (belowOut > 0 && out[belowOut - 1] == threshold) {
        belowOut--;
      }
      points.add(new Point(out.length - belowOut, in.length - belowIn));
    }
    return new Roc(points, in.length, out.length);
  }

  private static double highest(double[] sorted, int count) {
    return count == 0 ? Double.NEGATIVE_INFINITY : sorted[count - 1];
  }

  private static double[] sorted(String side, double[] scores) {
    Objects.requireNonNull(scores, () -> side + " is null, expected scores");
    double[] sorted = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            side + " has NaN at position " + i + ", expected numbers that can be ordered");
      }
      sorted[i] = scores[i];
    }
    if (sorted.length == 0) {
      throw new IllegalArgumentException(side + " has no scores, expected at least one");
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * Returns the area under the true positive rate by the false positive rate, interpolated
   * linearly.
   */
  double area() {
    // Twice the area in pairs of images, to stay in integers.
    long twice = 0;
    Point before = NOTHING;
    for (Point point : points) {
      twice +=
          (point.falsePositives - before.falsePositives)
              * (point.truePositives + before.truePositives);
      before = point;
    }
    return twice / (2.0 * inside * outside);
  }

  /** Returns the precision at each threshold, weighted by the recall that the threshold adds. */
  double averagePrecision() {
    double sum = 0;
    Point before = NOTHING;
    for (Point point : points) {
      double precision =
          (double) point.truePositives / (point.truePositives + point.falsePositives);
      sum += (point.truePositives - before.truePositives) * precision;
      before = point;
    }
    return sum / outside;
  }

  /** Returns the false positive rate at the highest threshold with this true positive rate. */
  double falsePositiveRateAt(int percent) {
    // In integers, because 0.95 has no exact double.
    Point first =
        points.stream()
            .filter(point -> 100 * point.truePositives >= percent * outside)
            .findFirst()
            .orElseThrow();
    return (double) first.falsePositives / inside;
  }
}
