package io.github.posteriori.calibration;

import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.RiskCoverage;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Bounds of the risk of a network that may decline to predict: the probability that an answer is
 * wrong, given that it is as confident as a threshold asks.
 *
 * <p>Of the answers above a threshold that was chosen beforehand, the number of wrong ones is
 * binomial; so its risk is at most that under which as few would be wrong with a probability of
 * delta (Clopper and Pearson 1934, the bound of Geifman and El-Yaniv 2017, "Selective
 * classification for deep neural networks", arXiv 1705.08500). Thresholds come from other examples,
 * and each of them gets its share of delta, so that all bounds hold together: whoever looks at the
 * curve may choose any of its points.
 */
public final class RiskBound {
  /** Thresholds that are bounded; more of them would each have a smaller share of delta. */
  private static final int THRESHOLDS = 20;

  private static final double PRECISION = 1e-10;

  private RiskBound() {}

  /**
   * Returns the highest risk under which {@code wrong} answers or fewer of {@code answered} are
   * wrong with a probability of {@code delta}: the p at which {@code I_p(wrong + 1, answered -
   * wrong) = 1 - delta}.
   *
   * @throws IllegalArgumentException when there are more wrong answers than answers
   */
  public static double upper(int wrong, int answered, double delta) {
    if (wrong < 0 || wrong > answered) {
      throw new IllegalArgumentException(
          wrong + " of " + answered + " answers are wrong, expected from none to all");
    }
    if (wrong == answered) {
      return 1;
    }
    double low = 0;
    double high = 1;
    while (high - low > PRECISION) {
      double middle = (low + high) / 2;
      if (RegularizedBeta.complement(middle, wrong + 1.0, answered - wrong) > delta) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * Bounds the risks among which a network can choose.
   *
   * @param choosing held-out answers whose confidences become thresholds: at 5 %, 10 %, ..., 100 %
   *     of them
   * @param bounding other held-out answers, which count
   * @param delta probability, over the examples held out, that a bound fails
   */
  public static SelectiveRisk curve(List<Answer> choosing, List<Answer> bounding, double delta) {
    List<Double> thresholds = thresholds(choosing);
    List<RiskCoverage.Point> points = new ArrayList<>();
    for (double threshold : thresholds) {
      List<Answer> given =
          bounding.stream().filter(answer -> answer.confidence() >= threshold).toList();
      int wrong = (int) given.stream().filter(answer -> !answer.right()).count();
      points.add(
          new RiskCoverage.Point(
              threshold,
              (double) given.size() / bounding.size(),
              upper(wrong, given.size(), delta / thresholds.size())));
    }
    return SelectiveRisk.edge(bounding.size(), points, Optional.of(delta));
  }

  /** Returns thresholds from the highest to 0, which all reach. */
  private static List<Double> thresholds(List<Answer> choosing) {
    List<Double> falling =
        choosing.stream().map(Answer::confidence).sorted(Comparator.reverseOrder()).toList();
    List<Double> thresholds = new ArrayList<>();
    for (int i = 1; i < THRESHOLDS; i++) {
      int rank = (int) ((long) i * falling.size() / THRESHOLDS);
      thresholds.add(falling.get(Math.max(0, rank - 1)));
    }
    thresholds.add(0.0);
    return thresholds.stream().distinct().toList();
  }
}
