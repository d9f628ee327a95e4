package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Collects probabilities and labels, image by image, for {@link Metrics}. */
public final class MetricsCollector {
  private final List<Answer> answers = new ArrayList<>();
  private double negativeLogSum;
  private double brierSum;
  private int sets;
  private int covering;
  private long members;

  /**
   * Adds one image.
   *
   * @param probabilities of many images, {@code [images, classes]} row-major
   * @param row start of this image's probabilities
   * @param classes number of classes
   * @param label the true class, in [0, classes)
   * @throws IllegalArgumentException when the label is no class, or there are fewer probabilities
   */
  public void add(double[] probabilities, int row, int classes, int label) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "label %s is %s, expected 0 to %s: number the classes from 0"
              .formatted(answers.size(), label, classes - 1));
    }
    if (row < 0 || row > probabilities.length - classes) {
      throw new IllegalArgumentException(
          "image %s has its probabilities from position %s on, expected %s of %s"
              .formatted(answers.size(), row, classes, probabilities.length));
    }
    int predicted = 0;
    for (int k = 0; k < classes; k++) {
      double p = probabilities[row + k];
      double target = k == label ? 1 : 0;
      brierSum += (p - target) * (p - target);
      if (p > probabilities[row + predicted]) {
        predicted = k;
      }
    }
    negativeLogSum -= Math.log(Math.max(probabilities[row + label], Double.MIN_NORMAL));
    answers.add(new Answer(label, predicted, probabilities[row + predicted]));
  }

  /**
   * Adds the set of classes of one image, see {@link SetMetrics}.
   *
   * @param classes in the set
   * @param label the true class
   */
  public void addSet(int[] classes, int label) {
    sets++;
    members += classes.length;
    covering += Arrays.stream(classes).anyMatch(k -> k == label) ? 1 : 0;
  }

  /** The measures of the sets so far; empty where there are none. */
  public Optional<SetMetrics> sets() {
    return sets == 0
        ? Optional.empty()
        : Optional.of(new SetMetrics((double) covering / sets, (double) members / sets));
  }

  /** The prediction for each image so far, in order. */
  public List<Answer> answers() {
    return List.copyOf(answers);
  }

  /**
   * Computes the metrics of the images so far. If a probability is NaN, as after a training that
   * diverged, all metrics but the accuracy are NaN.
   *
   * @throws IllegalArgumentException when there are no images
   */
  public Metrics metrics() {
    int images = answers.size();
    double accuracy = (double) answers.stream().filter(Answer::right).count() / images;
    double nll = negativeLogSum / images;
    double brier = brierSum / images;
    // Of all metrics only this one depends on every probability. NaN cannot be ranked.
    if (images > 0 && Double.isNaN(brier)) {
      return new Metrics(accuracy, brier, brier, brier, brier, brier);
    }
    return new Metrics(
        accuracy,
        nll,
        brier,
        Reliability.ofEqualWidth(answers).error(),
        Reliability.ofEqualMass(answers).error(),
        RiskCoverage.of(answers).area());
  }
}
