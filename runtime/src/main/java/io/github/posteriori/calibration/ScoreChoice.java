package io.github.posteriori.calibration;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which score decides what is in a set of classes. */
public enum ScoreChoice {
  /** {@link SetScore.Lac}: sets are smallest on average. */
  LAC {
    @Override
    public SetScore tuned(double[][] probabilities, double[] u, int[] labels, double coverage) {
      return new SetScore.Lac();
    }
  },

  /** {@link SetScore.Aps}: sets grow with the doubt about an example. */
  APS {
    @Override
    public SetScore tuned(double[][] probabilities, double[] u, int[] labels, double coverage) {
      return new SetScore.Aps();
    }
  },

  /**
   * {@link SetScore.Raps}: the same for many classes. The free ranks are the conformal quantile of
   * the true classes' ranks, the penalty is that of five whose sets are smallest on average
   * (Angelopoulos et al. 2021, appendix E).
   */
  RAPS {
    @Override
    public SetScore tuned(double[][] probabilities, double[] u, int[] labels, double coverage) {
      double[] ranks =
          IntStream.range(0, labels.length)
              .mapToDouble(i -> rank(probabilities[i], labels[i]))
              .toArray();
      int free = (int) ConformalQuantile.of(ranks, coverage);
      return PENALTIES.stream()
          .map(penalty -> new SetScore.Raps(penalty, free))
          .min(Comparator.comparingLong(raps -> size(raps, probabilities, u, labels, coverage)))
          .orElseThrow();
    }
  };

  private static final List<Double> PENALTIES = List.of(0.001, 0.01, 0.1, 0.2, 0.5);

  /**
   * Returns the score, its numbers fitted to examples that promise nothing afterwards.
   *
   * @param probabilities of each example, for each class
   * @param u of each example, see {@link ConformalSets#uniform}
   * @param labels the true class of each
   * @param coverage probability with which sets are to hold the true class
   * @throws IllegalArgumentException when there are too few examples for the coverage
   */
  public abstract SetScore tuned(
      double[][] probabilities, double[] u, int[] labels, double coverage);

  private static int rank(double[] probabilities, int label) {
    int[] order = SetScore.Raps.byFallingProbability(probabilities);
    return 1
        + IntStream.range(0, order.length).filter(r -> order[r] == label).findFirst().orElse(0);
  }

  /** Counts the classes in all sets together. */
  private static long size(
      SetScore score, double[][] probabilities, double[] u, int[] labels, double coverage) {
    ConformalSets sets = ConformalSets.fit(score, probabilities, u, labels, coverage);
    return IntStream.range(0, labels.length)
        .mapToLong(i -> sets.classes(probabilities[i], u[i]).length)
        .sum();
  }
}
