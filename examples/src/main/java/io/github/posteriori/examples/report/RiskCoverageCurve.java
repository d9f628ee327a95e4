package io.github.posteriori.examples.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often a network errs if it answers for its least uncertain images only. Source: El-Yaniv and
 * Wiener 2010, "On the foundations of noise-free selective classification".
 *
 * @param points from the smallest coverage to 1; equally uncertain images are covered together
 */
record RiskCoverageCurve(List<Point> points) {

  /**
   * A threshold.
   *
   * @param coverage share of the images that are answered, above 0 and up to 1
   * @param risk share of these answers that is wrong, from 0 to 1
   */
  record Point(double coverage, double risk) {}

  /**
   * The curve of some images.
   *
   * @param uncertainty of each, at least one
   * @param right whether the answer is
   */
  static RiskCoverageCurve of(double[] uncertainty, boolean[] right) {
    List<Integer> order =
        IntStream.range(0, uncertainty.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> uncertainty[i]))
            .toList();
    List<Point> points = new ArrayList<>();
    int wrong = 0;
    for (int answered = 1; answered <= order.size(); answered++) {
      int image = order.get(answered - 1);
      wrong += right[image] ? 0 : 1;
      boolean last = answered == order.size();
      if (last || uncertainty[order.get(answered)] > uncertainty[image]) {
        points.add(new Point((double) answered / order.size(), (double) wrong / answered));
      }
    }
    return new RiskCoverageCurve(List.copyOf(points));
  }

  /** The first point that covers at least that share of the images. */
  Point at(double coverage) {
    return points.stream()
        .filter(point -> point.coverage() >= coverage - 1e-12)
        .findFirst()
        .orElseThrow();
  }
}
