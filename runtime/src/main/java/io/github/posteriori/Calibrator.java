package io.github.posteriori;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalInterval;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.calibration.RiskBound;
import io.github.posteriori.calibration.ScoreChoice;
import io.github.posteriori.calibration.SetScore;
import io.github.posteriori.calibration.Temperature;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Split;
import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.ValueAnswer;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Calibrates a module by held-out examples, which it was not trained on:
 *
 * <pre>{@code
 * Calibrator.of(new Evaluator(net, 25, 256)).withCoverage(0.9).calibrate(heldOut);
 * }</pre>
 *
 * <p>Of a classifier, one half of the examples, chosen by {@code seed}, gives the {@link
 * Temperature}, the numbers of a score and the thresholds of confidence; the other half gives the
 * {@link ConformalSets} and the {@linkplain RiskBound bounds of the risk}, whose promises would not
 * hold on examples that something was fitted to. Of a network of numbers, all examples give the
 * {@linkplain ConformalInterval intervals}.
 *
 * @param evaluator predicts as the module is to predict from then on
 * @param coverage probability with which sets or intervals are to hold what is true
 * @param score by which classes enter a set
 * @param delta probability, over the examples held out, that a bound of the risk fails
 * @param seed by which the examples are halved
 */
public record Calibrator(
    Evaluator evaluator, double coverage, ScoreChoice score, double delta, long seed) {
  private static final double COVERAGE = 0.95;
  private static final double DELTA = 0.05;
  private static final double HALF = 0.5;

  /** Checks the settings. */
  public Calibrator {
    Objects.requireNonNull(evaluator, "evaluator is null, expected new Evaluator(module, 25, 256)");
    Objects.requireNonNull(score, "score is null, expected ScoreChoice.LAC");
    if (evaluator.isSampleFree()) {
      throw new IllegalArgumentException(
          "the evaluator predicts by moments, expected one of posterior samples, to which a"
              + " temperature is fitted: state a number of them");
    }
    if (evaluator.module().predictor() instanceof TestTimeAugmentation) {
      throw new IllegalArgumentException(
          "the module predicts by views of each image, which checkpoints do not keep, expected"
              + " predictions of images as they are: give the module a predictor without views");
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException(
          "delta is " + delta + ", expected above 0 and below 1, such as 0.05");
    }
  }

  /** Creates a calibrator that promises 95 %, with sets by {@link ScoreChoice#LAC}. */
  public static Calibrator of(Evaluator evaluator) {
    return new Calibrator(evaluator, COVERAGE, ScoreChoice.LAC, DELTA, 0);
  }

  /** Returns these settings with another promise, above 0 and below 1. */
  public Calibrator withCoverage(double coverage) {
    return new Calibrator(evaluator, coverage, score, delta, seed);
  }

  /** Returns these settings with sets by another score. */
  public Calibrator withScore(ScoreChoice score) {
    return new Calibrator(evaluator, coverage, score, delta, seed);
  }

  /** Returns these settings with bounds of the risk that fail with another probability. */
  public Calibrator withDelta(double delta) {
    return new Calibrator(evaluator, coverage, score, delta, seed);
  }

  /** Returns these settings with other halves of the examples. */
  public Calibrator withSeed(long seed) {
    return new Calibrator(evaluator, coverage, score, delta, seed);
  }

  /**
   * Calibrates the module: its predictions have the temperature from then on, and the module and
   * its checkpoints keep the {@link BayesModule#calibration} and the {@link
   * BayesModule#selectiveRisk} that is bounded. What either was before is replaced.
   *
   * @param heldOut labelled examples that the module was not trained on
   * @return what the module keeps
   * @throws IllegalArgumentException when the examples do not fit the module, or are too few to
   *     promise the coverage
   * @throws IllegalStateException when the module predicts several labels at once
   */
  public Calibration calibrate(Dataset heldOut) {
    BayesModule module = evaluator.module();
    return switch (module.likelihood().kind()) {
      case CLASSES -> calibrateClasses(module, heldOut);
      case VALUES -> calibrateValues(module, heldOut);
      case LABELS ->
          throw new IllegalStateException(
              module.definition()
                  + " predicts several labels at once, expected classes or numbers: there are no"
                  + " sets or intervals of labels");
    };
  }

  private Calibration calibrateClasses(BayesModule module, Dataset heldOut) {
    requireEnough(heldOut.size(), 2);
    Split halves = heldOut.split(HALF, seed);
    module.learn(Learnt::withoutMeasurements);
    DrawnLogits fitting = evaluator.logits(halves.train());
    Temperature temperature =
        Temperature.fit(fitting.logits(), fitting.classes(), fitting.labels());
    double[][] fitted = fitting.probabilities(temperature);
    SetScore tuned = score.tuned(fitted, fitting.uniforms(), fitting.labels(), coverage);
    DrawnLogits promising = evaluator.logits(halves.valid());
    double[][] probabilities = promising.probabilities(temperature);
    ConformalSets sets =
        ConformalSets.fit(tuned, probabilities, promising.uniforms(), promising.labels(), coverage);
    Calibration calibration =
        new Calibration.OfClasses(coverage, heldOut.size(), evaluator.samples(), temperature, sets);
    module.calibration(calibration);
    module.selectiveRisk(
        RiskBound.curve(answers(fitting, fitted), answers(promising, probabilities), delta));
    return calibration;
  }

  /**
   * Refuses too few examples before the network runs on them.
   *
   * @param parts into which they are divided, of which one promises
   */
  private void requireEnough(int examples, int parts) {
    long enough = parts * ConformalSets.enough(coverage);
    if (examples < enough) {
      throw new IllegalArgumentException(
          "coverage is "
              + coverage
              + ", which "
              + examples
              + " held-out examples cannot promise, expected at least "
              + enough
              + ": hold out more examples, or ask for less");
    }
  }

  private static List<Answer> answers(DrawnLogits drawn, double[][] probabilities) {
    MetricsCollector collector = new MetricsCollector();
    for (int i = 0; i < probabilities.length; i++) {
      collector.add(probabilities[i], 0, drawn.classes(), drawn.labels()[i]);
    }
    return collector.answers();
  }

  private Calibration calibrateValues(BayesModule module, Dataset heldOut) {
    requireEnough(heldOut.size(), 1);
    List<List<ValueAnswer>> answers = evaluator.collectValues(heldOut).answers();
    List<ConformalInterval> intervals =
        IntStream.range(0, module.likelihood().targetNames().size())
            .mapToObj(k -> interval(answers.stream().map(each -> each.get(k)).toList()))
            .toList();
    Calibration calibration =
        new Calibration.OfValues(coverage, heldOut.size(), evaluator.samples(), intervals);
    module.calibration(calibration);
    return calibration;
  }

  private ConformalInterval interval(List<ValueAnswer> answers) {
    return ConformalInterval.fit(
        answers.stream().mapToDouble(ValueAnswer::observed).toArray(),
        answers.stream().mapToDouble(answer -> answer.predicted().mean()).toArray(),
        answers.stream().mapToDouble(answer -> answer.predicted().std()).toArray(),
        coverage);
  }
}
