package io.github.posteriori.uncertainty;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The risks among which a network that may decline to predict can choose, measured on held-out
 * examples: the lower edge of its risk-coverage curve. A point is on it if none of higher coverage
 * has as low a risk.
 *
 * @param examples number of held-out examples
 * @param points by rising coverage and risk, at least one; the last one covers all examples
 * @param delta where risks are upper bounds, the probability over the held-out examples that one of
 *     them is exceeded; empty where they are the shares of wrong answers among these
 */
public record SelectiveRisk(
    int examples,
    List<RiskCoverage.Point> points,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> delta) {
  /** More points than anybody tells apart; of more, some are left out. */
  private static final int MOST_POINTS = 200;

  /**
   * Checks the points.
   *
   * @throws IllegalArgumentException if there is none, they do not rise, or a number is no share
   */
  public SelectiveRisk {
    points = List.copyOf(Objects.requireNonNull(points, "points is null, expected a list"));
    // Files of before say nothing of it.
    delta = delta == null ? Optional.empty() : delta;
    if (examples < 1 || points.isEmpty()) {
      throw new IllegalArgumentException(
          points.size() + " points of " + examples + " examples, expected at least one of each");
    }
    RiskCoverage.Point before = new RiskCoverage.Point(1, 0, -1);
    for (RiskCoverage.Point point : points) {
      boolean rises = point.coverage() > before.coverage() && point.risk() > before.risk();
      if (!rises || !(point.coverage() <= 1 && point.risk() <= 1 && point.confidence() >= 0)) {
        throw new IllegalArgumentException(
            "point " + point + " follows " + before + ", expected rising shares from 0 to 1");
      }
      before = point;
    }
  }

  /** Creates measured risks. */
  public SelectiveRisk(int examples, List<RiskCoverage.Point> points) {
    this(examples, points, Optional.empty());
  }

  /**
   * Measures the risks of some predictions.
   *
   * @throws IllegalArgumentException when there are no predictions, or a confidence is not a
   *     probability
   */
  public static SelectiveRisk of(List<Answer> answers) {
    return edge(answers.size(), RiskCoverage.of(answers).points(), Optional.empty());
  }

  /**
   * Returns the lower edge of a curve.
   *
   * @param curve by rising coverage, the last point covering all examples
   * @param delta where risks are bounds, the probability that one of them is exceeded
   */
  public static SelectiveRisk edge(
      int examples, List<RiskCoverage.Point> curve, Optional<Double> delta) {
    List<RiskCoverage.Point> edge = new ArrayList<>();
    for (int i = curve.size() - 1; i >= 0; i--) {
      if (edge.isEmpty() || curve.get(i).risk() < edge.get(edge.size() - 1).risk()) {
        edge.add(curve.get(i));
      }
    }
    Collections.reverse(edge);
    return new SelectiveRisk(examples, thinned(edge), delta);
  }

  private static List<RiskCoverage.Point> thinned(List<RiskCoverage.Point> edge) {
    if (edge.size() <= MOST_POINTS) {
      return edge;
    }
    List<RiskCoverage.Point> kept = new ArrayList<>();
    for (long i = 0; i < MOST_POINTS; i++) {
      kept.add(edge.get((int) (i * (edge.size() - 1) / (MOST_POINTS - 1))));
    }
    return kept;
  }

  /** Returns the point of highest coverage whose risk is at most {@code risk}, if there is one. */
  public Optional<RiskCoverage.Point> within(double risk) {
    for (int i = points.size() - 1; i >= 0; i--) {
      if (points.get(i).risk() <= risk) {
        return Optional.of(points.get(i));
      }
    }
    return Optional.empty();
  }

  /** Returns the risk of a network that declines nothing. */
  public double full() {
    return points.get(points.size() - 1).risk();
  }
}
