package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network gets wrong when it may decline to answer: the risk of its most confident answers
 * against how many of all these are. Source: Geifman and El-Yaniv 2017, "Selective classification
 * for deep neural networks", arXiv 1705.08500.
 *
 * @param points one for each threshold, that is for each confidence that occurs; by rising coverage
 */
public record RiskCoverage(List<Point> points) {

  /**
   * What answering only above a threshold comes to.
   *
   * @param confidence the threshold: the least confidence that is answered
   * @param coverage share of all images that are answered, above 0 and up to 1
   * @param risk share of these answers that is wrong, from 0 to 1
   */
  public record Point(double confidence, double coverage, double risk) {}

  public RiskCoverage {
    points = List.copyOf(points);
  }

  /**
   * The curve of some answers. Those of one confidence are answered together or not at all.
   *
   * @throws IllegalArgumentException when there are no answers, or a confidence is no probability
   */
  public static RiskCoverage of(List<Answer> answers) {
    List<Point> points = new ArrayList<>();
    int answered = 0;
    int wrong = 0;
    for (Level level : Level.of(answers)) {
      answered += level.count();
      wrong += level.count() - level.right();
      points.add(
          new Point(
              level.confidence(), (double) answered / answers.size(), (double) wrong / answered));
    }
    return new RiskCoverage(points);
  }

  /**
   * The area under the curve, AURC: the mean over all images of the risk at the image's own
   * confidence as threshold; from 0 to 1, and the less the better. Source: Geifman, Uziel, El-Yaniv
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
