package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A reliability diagram: predictions in bins of similar confidence, with the accuracy of each bin.
 * Of predictions with a confidence of 80 %, 80 % should be correct. Only the most probable class of
 * an image counts.
 *
 * @param bins the non-empty bins, by rising confidence
 */
public record Reliability(List<Bin> bins) {
  /** The number of bins, as in Guo et al. 2017. */
  public static final int BINS = 15;

  /**
   * A bin of predictions of similar confidence.
   *
   * @param low lower end of the bin
   * @param high upper end of the bin
   * @param count number of predictions, at least 1
   * @param confidence their mean confidence
   * @param accuracy share of them that is correct
   */
  public record Bin(double low, double high, int count, double confidence, double accuracy) {

    /** Returns the absolute difference of confidence and accuracy. */
    public double gap() {
      return Math.abs(accuracy - confidence);
    }
  }

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Bins predictions by equal width: bin b of 15 holds confidences from {@code b / 15} to below
   * {@code (b + 1) / 15}, the last one also a confidence of 1. The {@link #error} is the expected
   * calibration error (ECE). Source: Guo et al. 2017, "On calibration of modern neural networks",
   * arXiv 1706.04599.
   *
   * @throws IllegalArgumentException when there are no predictions, or a confidence is not a
   *     probability
   */
  public static Reliability ofEqualWidth(List<Answer> answers) {
    List<List<TieGroup>> bins = emptyBins();
    for (TieGroup group : ascending(answers)) {
      bins.get(Math.min((int) (group.confidence() * BINS), BINS - 1)).add(group);
    }
    List<Bin> filled = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      if (!bins.get(b).isEmpty()) {
        filled.add(bin(bins.get(b), (double) b / BINS, (b + 1.0) / BINS));
      }
    }
    return new Reliability(filled);
  }

  /**
   * Bins predictions by equal mass: of n predictions by rising confidence, the one at position i
   * from 0 is in bin {@code floor(15 (i + 1/2) / n)}. Predictions of equal confidence stay
   * together, in the bin of their middle position. A bin reaches from its lowest confidence to its
   * highest.
   *
   * <p>The {@link #error} is the adaptive calibration error of the most probable class. Source:
   * Nixon et al. 2019, "Measuring calibration in deep learning", arXiv 1904.01685, whose ACE also
   * averages over all classes.
   *
   * @throws IllegalArgumentException when there are no predictions, or a confidence is not a
   *     probability
   */
  public static Reliability ofEqualMass(List<Answer> answers) {
    List<List<TieGroup>> bins = emptyBins();
    long before = 0;
    for (TieGroup group : ascending(answers)) {
      // Twice the middle of the positions, to stay in integers.
      long twiceMiddle = 2 * before + group.count();
      bins.get((int) (BINS * twiceMiddle / (2L * answers.size()))).add(group);
      before += group.count();
    }
    return new Reliability(
        bins.stream()
            .filter(bin -> !bin.isEmpty())
            .map(bin -> bin(bin, bin.get(0).confidence(), bin.get(bin.size() - 1).confidence()))
            .toList());
  }

  /**
   * Returns the calibration error {@code sum_b n_b / n |accuracy_b - confidence_b|}, where bin b
   * holds n_b of n predictions; from 0 to 1.
   */
  public double error() {
    double gaps = 0;
    long answers = 0;
    for (Bin bin : bins) {
      gaps += bin.count() * bin.gap();
      answers += bin.count();
    }
    return gaps / answers;
  }

  private static List<TieGroup> ascending(List<Answer> answers) {
    List<TieGroup> groups = new ArrayList<>(TieGroup.of(answers));
    Collections.reverse(groups);
    return groups;
  }

  private static List<List<TieGroup>> emptyBins() {
    List<List<TieGroup>> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      bins.add(new ArrayList<>());
    }
    return bins;
  }

  private static Bin bin(List<TieGroup> groups, double low, double high) {
    int count = 0;
    int correct = 0;
    double confidenceSum = 0;
    for (TieGroup group : groups) {
      count += group.count();
      correct += group.correct();
      confidenceSum += group.count() * group.confidence();
    }
    return new Bin(low, high, count, confidenceSum / count, (double) correct / count);
  }
}
