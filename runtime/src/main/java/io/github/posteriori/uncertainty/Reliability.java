package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How far confidence can be relied on: answers in bins of like confidence, and how many of each are
 * right. Of those that are 80 % sure, 80 % should be. Only the most probable class of an image
 * counts.
 *
 * @param bins those that hold answers, by rising confidence
 */
public record Reliability(List<Bin> bins) {
  /** As many as Guo et al. 2017 use. */
  public static final int BINS = 15;

  /**
   * Some answers of like confidence.
   *
   * @param low where the bin begins
   * @param high where it ends
   * @param count how many answers it holds, at least 1
   * @param confidence their mean
   * @param accuracy share of them that is right
   */
  public record Bin(double low, double high, int count, double confidence, double accuracy) {

    /** How far confidence and accuracy lie apart. */
    public double gap() {
      return Math.abs(accuracy - confidence);
    }
  }

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * In bins of equal width: bin b of 15 holds confidences from {@code b / 15} to below {@code (b +
   * 1) / 15}, the last one those of 1, too. Their {@link #error} is the expected calibration error
   * (ECE). Source: Guo et al. 2017, "On calibration of modern neural networks", arXiv 1706.04599.
   *
   * @throws IllegalArgumentException when there are no answers, or a confidence is no probability
   */
  public static Reliability ofEqualWidth(List<Answer> answers) {
    List<List<Level>> bins = emptyBins();
    for (Level level : ascending(answers)) {
      bins.get(Math.min((int) (level.confidence() * BINS), BINS - 1)).add(level);
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
   * In bins of equal mass: of n answers by rising confidence, the one at position i from 0 is in
   * bin {@code floor(15 (i + 1/2) / n)}. Answers of one confidence stay together, in the bin of
   * their middle position. A bin reaches from its least confidence to its greatest.
   *
   * <p>Their {@link #error} is the adaptive calibration error of the most probable class. Source:
   * Nixon et al. 2019, "Measuring calibration in deep learning", arXiv 1904.01685, whose ACE
   * averages this over all classes, too.
   *
   * @throws IllegalArgumentException when there are no answers, or a confidence is no probability
   */
  public static Reliability ofEqualMass(List<Answer> answers) {
    List<List<Level>> bins = emptyBins();
    long before = 0;
    for (Level level : ascending(answers)) {
      // Twice the middle of the positions, so that halves stay whole.
      long twiceMiddle = 2 * before + level.count();
      bins.get((int) (BINS * twiceMiddle / (2L * answers.size()))).add(level);
      before += level.count();
    }
    return new Reliability(
        bins.stream()
            .filter(bin -> !bin.isEmpty())
            .map(bin -> bin(bin, bin.get(0).confidence(), bin.get(bin.size() - 1).confidence()))
            .toList());
  }

  /**
   * The calibration error {@code sum_b n_b / n |accuracy_b - confidence_b|}, where bin b holds n_b
   * of n answers; from 0 to 1.
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

  private static List<Level> ascending(List<Answer> answers) {
    List<Level> levels = new ArrayList<>(Level.of(answers));
    Collections.reverse(levels);
    return levels;
  }

  private static List<List<Level>> emptyBins() {
    List<List<Level>> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      bins.add(new ArrayList<>());
    }
    return bins;
  }

  private static Bin bin(List<Level> levels, double low, double high) {
    int count = 0;
    int right = 0;
    double confidenceSum = 0;
    for (Level level : levels) {
      count += level.count();
      right += level.right();
      confidenceSum += level.count() * level.confidence();
    }
    return new Bin(low, high, count, confidenceSum / count, (double) right / count);
  }
}
