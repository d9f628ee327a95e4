package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Collects probabilities of several labels at once and whether each holds, example by example. */
public final class LabelCollector {
  private final List<double[]> probabilities = new ArrayList<>();
  private final List<boolean[]> truths = new ArrayList<>();
  private double nllSum;

  /**
   * Adds one example.
   *
   * @param probabilities of each label
   * @param truth whether each label holds
   * @param nll negative logarithm of the probability of all labels together
   */
  public void add(double[] probabilities, boolean[] truth, double nll) {
    this.probabilities.add(probabilities.clone());
    truths.add(truth.clone());
    nllSum += nll;
  }

  /**
   * Computes the metrics of the examples so far.
   *
   * @throws IllegalStateException when there are none
   */
  public LabelMetrics metrics() {
    if (truths.isEmpty()) {
      throw new IllegalStateException("there are no examples, expected at least one: add them");
    }
    int labels = truths.get(0).length;
    long right =
        IntStream.range(0, labels)
            .mapToLong(k -> count(k, true, true) + count(k, false, false))
            .sum();
    return new LabelMetrics(
        nllSum / truths.size(),
        (double) right / truths.size() / labels,
        IntStream.range(0, labels).mapToDouble(this::f1).average().orElseThrow(),
        IntStream.range(0, labels)
            .mapToObj(this::auroc)
            .flatMapToDouble(OptionalDouble::stream)
            .average()
            .orElse(Double.NaN));
  }

  /** Returns {@code 2 TP / (2 TP + FP + FN)}. */
  private double f1(int label) {
    long hits = count(label, true, true);
    return hits == 0
        ? 0
        : 2.0 * hits / (2 * hits + count(label, true, false) + count(label, false, true));
  }

  private long count(int label, boolean predicted, boolean holds) {
    return IntStream.range(0, truths.size())
        .filter(i -> truths.get(i)[label] == holds)
        .filter(i -> probabilities.get(i)[label] >= 0.5 == predicted)
        .count();
  }

  private OptionalDouble auroc(int label) {
    double[] without = of(label, false);
    double[] with = of(label, true);
    boolean ranked = without.length > 0 && with.length > 0;
    return ranked ? OptionalDouble.of(Auroc.of(without, with)) : OptionalDouble.empty();
  }

  private double[] of(int label, boolean holds) {
    return IntStream.range(0, truths.size())
        .filter(i -> truths.get(i)[label] == holds)
        .mapToDouble(i -> probabilities.get(i)[label])
        .toArray();
  }
}
