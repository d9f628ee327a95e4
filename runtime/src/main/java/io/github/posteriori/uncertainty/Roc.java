package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The receiver operating characteristic: how many images on either side score at least as high as
 * each score that occurs. Equal scores share a threshold. Source: Fawcett 2006, "An introduction to
 * ROC analysis".
 */
final class Roc {
  private static final Point NOTHING = new Point(0, 0);

  /** What a threshold catches: so many from outside, and by mistake so many from inside. */
  private record Point(long hits, long alarms) {}

  private final List<Point> points;
  private final long inside;
  private final long outside;

  private Roc(List<Point> points, long inside, long outside) {
    this.points = points;
    this.inside = inside;
    this.outside = outside;
  }

  /**
   * The characteristic of the scores of two sides.
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

  /** The area under hits by alarms, both as shares, in straight lines from point to point. */
  double area() {
    // Twice the area in pairs of images, so that halves stay whole.
    long twice = 0;
    Point before = NOTHING;
    for (Point point : points) {
      twice += (point.alarms - before.alarms) * (point.hits + before.hits);
      before = point;
    }
    return twice / (2.0 * inside * outside);
  }

  /** Precision at each threshold, weighted by the recall that the threshold adds. */
  double averagePrecision() {
    double sum = 0;
    Point before = NOTHING;
    for (Point point : points) {
      double precision = (double) point.hits / (point.hits + point.alarms);
      sum += (point.hits - before.hits) * precision;
      before = point;
    }
    return sum / outside;
  }

  /** Share of the inside above the highest threshold that catches so much of the outside. */
  double alarmsAtHits(int percent) {
    // In whole numbers, since 0.95 is none that a double can hold.
    Point first =
        points.stream()
            .filter(point -> 100 * point.hits >= percent * outside)
            .findFirst()
            .orElseThrow();
    return (double) first.alarms / inside;
  }
}
