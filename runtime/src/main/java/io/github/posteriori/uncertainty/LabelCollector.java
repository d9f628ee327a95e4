package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Collects probabilities of several labels at once and whether each holds, example by example. */
public final class LabelCollector {
  private final List<List<LabelAnswer>> examples = new ArrayList<>();
  private double nllSum;

  /**
   * Adds one example.
   *
   * @param answers one for each label
   * @param nll negative logarithm of the probability of all labels together
   */
  public void add(List<LabelAnswer> answers, double nll) {
    examples.add(List.copyOf(answers));
    nllSum += nll;
  }

  /** The prediction for each example so far, in order: one answer for each label. */
  public List<List<LabelAnswer>> answers() {
    return List.copyOf(examples);
  }

  /**
   * Computes the metrics of the examples so far.
   *
   * @throws IllegalStateException when there are none
   */
  public LabelMetrics metrics() {
    if (examples.isEmpty()) {
      throw new IllegalStateException("there are no examples, expected at least one: add them");
    }
    int labels = examples.get(0).size();
    long right =
        IntStream.range(0, labels)
            .mapToLong(k -> count(k, true, true) + count(k, false, false))
            .sum();
    return new LabelMetrics(
        nllSum / examples.size(),
        (double) right / examples.size() / labels,
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
    return of(label, holds).filter(answer -> answer.predicted() == predicted).count();
  }

  private OptionalDouble auroc(int label) {
    double[] without = of(label, false).mapToDouble(LabelAnswer::probability).toArray();
    double[] with = of(label, true).mapToDouble(LabelAnswer::probability).toArray();
    boolean ranked = without.length > 0 && with.length > 0;
    return ranked ? OptionalDouble.of(Auroc.of(without, with)) : OptionalDouble.empty();
  }

  private Stream<LabelAnswer> of(int label, boolean holds) {
    return examples.stream()
        .map(answers -> answers.get(label))
        .filter(answer -> answer.holds() == holds);
  }
}
