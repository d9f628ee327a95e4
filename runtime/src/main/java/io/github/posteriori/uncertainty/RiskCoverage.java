package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.List;

/**
 * The risk-coverage curve of a network that may decline to predict: the error rate of its most
 * confident predictions against their share of all images. Source: Geifman and El-Yaniv 2017,
 * "Selective classification for deep neural networks", arXiv 1705.08500.
 *
 * @param points one for each distinct confidence as threshold, by rising coverage
 */
public record RiskCoverage(List<Point> points) {

  /**
   * Coverage and risk at one threshold.
   *
   * @param confidence the threshold: the lowest confidence accepted
   * @param coverage share of all images that are accepted, above 0 and up to 1
   * @param risk share of the accepted predictions that are wrong, from 0 to 1
   */
  public record Point(double confidence, double coverage, double risk) {}

  public RiskCoverage {
    points = List.copyOf(points);
  }

  /**
   * Computes the curve of some predictions. Those of equal confidence are accepted together or not
   * at all.
   *
   * @throws IllegalArgumentException when there are no predictions, or a confidence is not a
   *     probability
   */
  public static RiskCoverage of(List<Answer> answers) {
    List<Point> points = new ArrayList<>();
    int answered = 0;
    int wrong = 0;
    for (TieGroup group : TieGroup.of(answers)) {
      answered += group.count();
      wrong += group.count() - group.correct();
      points.add(
          new Point(
              group.confidence(), (double) answered / answers.size(), (double) wrong / answered));
    }
    return new RiskCoverage(points);
  }

  /**
   * Returns the area under the curve (AURC): the mean over all images of the risk at the image's
   * own confidence as threshold; from 0 to 1, lower is better. Source: Geifman, Uziel, El-Yaniv
   * 2018, "Bias-reduced uncertainty estimation for deep neural classifiers", arXiv 1805.08206.
   */
  public double area() {
    double area = 0;
    double covered = 0;
    for (Point point : points) {
      area += (point.coverage() - covered) * point.risk();
      covered = point.coverage();
    }
    return area;
  }
}
