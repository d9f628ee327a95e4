package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.likelihood.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a network of one feature predicts along the axis of that feature, within the data and a
 * quarter of their span beyond.
 *
 * @param feature name of the column, or just that it is a feature
 * @param targetNames of the numbers
 * @param axis values of the feature, ascending
 * @param numbers for each of these, one for each name
 * @param examples values of the feature of the set's examples
 * @param observed for each of these, one for each name
 */
public record Band(
    String feature,
    List<String> targetNames,
    double[] axis,
    List<List<PredictedNumber>> numbers,
    double[] examples,
    double[][] observed) {
  private static final int POINTS = 201;
  private static final double BEYOND = 0.25;

  /** Predicts along the axis; empty for a network of more than one feature, or of no numbers. */
  public static Optional<Band> of(BayesModule module, int samples, Dataset set) {
    boolean drawable =
        module.inputShape().size() == 1 && module.likelihood().kind() == TargetKind.VALUES;
    if (!drawable) {
      return Optional.empty();
    }
    int[] all = IntStream.range(0, set.size()).toArray();
    double[] examples = Arrays.stream(all).mapToDouble(i -> feature(set, i)).toArray();
    double low = Arrays.stream(examples).min().orElseThrow();
    double span = Arrays.stream(examples).max().orElseThrow() - low;
    double beyond = span > 0 ? BEYOND * span : 1;
    double[] axis =
        IntStream.range(0, POINTS)
            .mapToDouble(i -> low - beyond + i * (span + 2 * beyond) / (POINTS - 1))
            .toArray();
    float[] features = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      features[i] = (float) axis[i];
    }
    var predicted =
        module.predictValues(
            Nd4j.create(features, module.inputShape().batch(POINTS), 'c'), samples);
    Targets.Values targets = (Targets.Values) set.targets(all);
    double[][] observed = new double[all.length][targets.width()];
    for (int i = 0; i < all.length; i++) {
      for (int k = 0; k < targets.width(); k++) {
        observed[i][k] = targets.values()[i * targets.width() + k];
      }
    }
    return Optional.of(
        new Band(
            SavedSource.of(module)
                .flatMap(SavedSource::table)
                .map(table -> table.features().get(0).name())
                .orElse("feature"),
            predicted.targetNames(),
            axis,
            predicted.distributions().stream()
                .map(each -> PredictedNumber.of(module, each))
                .toList(),
            examples,
            observed));
  }

  private static double feature(Dataset set, int index) {
    float[] feature = new float[1];
    set.image(index, feature, 0);
    return feature[0];
  }

  /** Returns the part of a target's prediction that {@code number} takes, along the axis. */
  public double[] along(int target, ToDoubleFunction<PredictedNumber> number) {
    return numbers.stream().mapToDouble(each -> number.applyAsDouble(each.get(target))).toArray();
  }

  /** Returns the observed numbers of one target, in the order of the examples. */
  public double[] observed(int target) {
    return Arrays.stream(observed).mapToDouble(each -> each[target]).toArray();
  }
}
