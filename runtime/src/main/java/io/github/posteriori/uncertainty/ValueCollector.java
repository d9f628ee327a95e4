package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.List;

/** Collects predictive distributions and observations, example by example. */
public final class ValueCollector {
  private static final double[] LEVELS = {0.5, 0.9, 0.95};

  private final List<List<ValueAnswer>> examples = new ArrayList<>();
  private double nllSum;

  /**
   * Adds one example.
   *
   * @param answers for each target
   * @param nll negative logarithm of the probability, or its density, of all targets together
   */
  public void add(List<ValueAnswer> answers, double nll) {
    examples.add(List.copyOf(answers));
    nllSum += nll;
  }

  /** The prediction for each example so far, in order: one answer for each target. */
  public List<List<ValueAnswer>> answers() {
    return List.copyOf(examples);
  }

  /**
   * Computes the metrics of the examples so far.
   *
   * @throws IllegalStateException when there are none
   */
  public ValueMetrics metrics() {
    requireExamples();
    Totals totals = new Totals();
    examples.forEach(answers -> answers.forEach(totals::add));
    return totals.metrics(nllSum / examples.size());
  }

  /**
   * Computes the metrics of one target, whatever the others are.
   *
   * @param target its place, from 0
   * @throws IllegalStateException when there are no examples
   * @throws IndexOutOfBoundsException when there is no such target
   */
  public ValueMetrics metrics(int target) {
    requireExamples();
    Totals totals = new Totals();
    examples.forEach(answers -> totals.add(answers.get(target)));
    double log =
        examples.stream()
            .map(answers -> answers.get(target))
            .mapToDouble(answer -> answer.predicted().logLikelihood(answer.observed()))
            .sum();
    return totals.metrics(-log / examples.size());
  }

  private void requireExamples() {
    if (examples.isEmpty()) {
      throw new IllegalStateException("there are no examples, expected at least one: add them");
    }
  }

  private static final class Totals {
    private final int[] within = new int[LEVELS.length];
    private final double[] widths = new double[LEVELS.length];
    private double squares;
    private double crps;
    private int count;

    void add(ValueAnswer answer) {
      ValueDistribution predicted = answer.predicted();
      double error = predicted.mean() - answer.observed();
      squares += error * error;
      crps += predicted.crps(answer.observed());
      for (int i = 0; i < LEVELS.length; i++) {
        double lower = predicted.quantile((1 - LEVELS[i]) / 2);
        double upper = predicted.quantile((1 + LEVELS[i]) / 2);
        within[i] += answer.observed() >= lower && answer.observed() <= upper ? 1 : 0;
        widths[i] += upper - lower;
      }
      count++;
    }

    ValueMetrics metrics(double nll) {
      List<ValueMetrics.Interval> intervals = new ArrayList<>();
      for (int i = 0; i < LEVELS.length; i++) {
        intervals.add(
            new ValueMetrics.Interval(LEVELS[i], (double) within[i] / count, widths[i] / count));
      }
      return new ValueMetrics(nll, Math.sqrt(squares / count), crps / count, intervals);
    }
  }
}
