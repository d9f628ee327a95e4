package io.github.posteriori.calibration;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.posteriori.uncertainty.ValueAnswer;
import io.github.posteriori.uncertainty.ValueDistribution;
import io.github.posteriori.uncertainty.ValueMetrics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What held-out examples say of a module's predictions, and what predictions of new examples have
 * of it. Its promises are those of predictions made as the measured ones were: with as many
 * samples, under the same estimator.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(Calibration.OfClasses.class),
  @JsonSubTypes.Type(Calibration.OfValues.class)
})
public sealed interface Calibration {

  /** The probability with which sets or intervals hold what is true. */
  double coverage();

  /** The number of held-out examples. */
  int examples();

  /** The number of posterior samples of each. */
  int samples();

  /** Returns this if it is that of a network of classes. */
  default Optional<OfClasses> ofClasses() {
    return this instanceof OfClasses classes ? Optional.of(classes) : Optional.empty();
  }

  /** Returns this if it is that of a network of numbers. */
  default Optional<OfValues> ofValues() {
    return this instanceof OfValues values ? Optional.of(values) : Optional.empty();
  }

  /**
   * That of a network of classes.
   *
   * @param temperature of all its logits
   * @param sets of its classes, by probabilities of that temperature
   */
  record OfClasses(
      double coverage, int examples, int samples, Temperature temperature, ConformalSets sets)
      implements Calibration {

    /** Checks that all is there. */
    public OfClasses {
      Objects.requireNonNull(temperature, "temperature is null, expected Temperature.fit(...)");
      Objects.requireNonNull(sets, "sets is null, expected ConformalSets.fit(...)");
    }
  }

  /**
   * That of a network of numbers.
   *
   * @param intervals one for each number
   */
  record OfValues(double coverage, int examples, int samples, List<ConformalInterval> intervals)
      implements Calibration {

    /** Copies the list. */
    public OfValues {
      intervals = List.copyOf(intervals);
    }

    /**
     * Measures the intervals of all targets together.
     *
     * @param examples at least one, with an answer for each target
     */
    public ValueMetrics.Interval measure(List<List<ValueAnswer>> examples) {
      int count = 0;
      int within = 0;
      double widths = 0;
      for (List<ValueAnswer> answers : examples) {
        for (int k = 0; k < answers.size(); k++) {
          ValueDistribution predicted = answers.get(k).predicted();
          double observed = answers.get(k).observed();
          double[] ends = intervals.get(k).around(predicted.mean(), predicted.std());
          within += observed >= ends[0] && observed <= ends[1] ? 1 : 0;
          widths += ends[1] - ends[0];
          count++;
        }
      }
      return new ValueMetrics.Interval(coverage, (double) within / count, widths / count);
    }
  }
}
