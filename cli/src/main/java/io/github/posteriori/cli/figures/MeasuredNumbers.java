package io.github.posteriori.cli.figures;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.LabelPrediction;
import io.github.posteriori.ValuePrediction;
import io.github.posteriori.cli.run.PredictedNumber;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.likelihood.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The numbers that a network predicts of a set, with their uncertainty; of labels the
 * probabilities.
 *
 * @param dataset the set
 * @param targetNames of the numbers of an example
 * @param scales standard deviations of the numbers in the training set; 1 where they have none
 * @param numbers of each example, in the order of the set
 */
public record MeasuredNumbers(
    Dataset dataset,
    List<String> targetNames,
    double[] scales,
    List<List<PredictedNumber>> numbers) {

  /**
   * Predicts every example of a set, whose own targets do not count.
   *
   * @param progress hears, after each batch, of how many examples it was
   * @throws IllegalArgumentException when the examples do not fit the network
   */
  public static MeasuredNumbers of(Evaluator evaluator, Dataset dataset, IntConsumer progress) {
    List<List<PredictedNumber>> numbers = new ArrayList<>();
    if (evaluator.module().likelihood().kind() == TargetKind.LABELS) {
      evaluator.predictLabels(
          dataset,
          (batch, predicted) -> {
            numbers.addAll(labels(predicted, batch.count()));
            progress.accept(batch.count());
          });
    } else {
      evaluator.predictValues(
          dataset,
          (batch, predicted) -> {
            numbers.addAll(values(evaluator.module(), predicted));
            progress.accept(batch.count());
          });
    }
    return of(evaluator, dataset, numbers);
  }

  /** Takes what has been predicted already. */
  public static MeasuredNumbers of(
      Evaluator evaluator, Dataset dataset, List<List<PredictedNumber>> numbers) {
    var learned = evaluator.module().likelihood().learned();
    double[] scales =
        IntStream.range(0, learned.targets().size())
            .mapToDouble(k -> k < learned.deviations().size() ? learned.deviations().get(k) : 1)
            .toArray();
    return new MeasuredNumbers(dataset, learned.targets(), scales, List.copyOf(numbers));
  }

  private static List<List<PredictedNumber>> values(BayesModule module, ValuePrediction predicted) {
    return predicted.distributions().stream()
        .map(each -> PredictedNumber.of(module, each))
        .toList();
  }

  private static List<List<PredictedNumber>> labels(LabelPrediction predicted, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                IntStream.range(0, predicted.labelNames().size())
                    .mapToObj(k -> label(predicted, i, k))
                    .toList())
        .toList();
  }

  /** A label that holds or not has no interval but from 0 to 1. */
  private static PredictedNumber label(LabelPrediction predicted, int example, int label) {
    return new PredictedNumber(
        predicted.probabilities().getDouble(example, label),
        Math.sqrt(predicted.epistemic().getDouble(example, label)),
        Math.sqrt(predicted.aleatoric().getDouble(example, label)),
        0,
        1,
        Optional.empty());
  }

  /** Returns whether the network promises an interval of each number. */
  public boolean promises() {
    return numbers.get(0).get(0).promised().isPresent();
  }

  /** Returns a part of the prediction of one target, for each example. */
  public double[] of(int target, ToDoubleFunction<PredictedNumber> part) {
    return numbers.stream().mapToDouble(each -> part.applyAsDouble(each.get(target))).toArray();
  }

  /**
   * Returns the epistemic standard deviation of each example, in standard deviations of the
   * training set's targets; of several targets the root of the mean square.
   */
  public double[] epistemic() {
    return relative(PredictedNumber::epistemicStd);
  }

  /** Returns the aleatoric standard deviation of each example as {@link #epistemic} does. */
  public double[] aleatoric() {
    return relative(PredictedNumber::aleatoricStd);
  }

  private double[] relative(ToDoubleFunction<PredictedNumber> part) {
    return numbers.stream()
        .mapToDouble(
            each ->
                Math.sqrt(
                    IntStream.range(0, scales.length)
                        .mapToDouble(k -> Math.pow(part.applyAsDouble(each.get(k)) / scales[k], 2))
                        .average()
                        .orElseThrow()))
        .toArray();
  }
}
