package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.LabelCollector;
import io.github.posteriori.uncertainty.LabelMetrics;
import io.github.posteriori.uncertainty.Metrics;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.SelectiveRisk;
import io.github.posteriori.uncertainty.ValueCollector;
import io.github.posteriori.uncertainty.ValueMetrics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How good a network's predictions of a set are, in the measures of its likelihood. */
public sealed interface Measurement {
  /** The key of the share of sets that hold the true class. */
  String SET_COVERAGE = "test_set_coverage";

  /** The key of the mean number of classes in a set. */
  String MEAN_SET_SIZE = "test_mean_set_size";

  /** The key of the share of intervals that hold the number. */
  String INTERVAL_COVERAGE = "test_interval_coverage";

  /**
   * Measures a network on a set.
   *
   * @throws IllegalArgumentException when the set does not fit the network
   */
  static Measurement of(Evaluator evaluator, Dataset set) {
    return switch (evaluator.module().likelihood().kind()) {
      case CLASSES -> new OfClasses(set, evaluator.collect(set));
      case VALUES -> new OfValues(evaluator, set, evaluator.collectValues(set));
      case LABELS -> new OfLabels(set, evaluator.collectLabels(set));
    };
  }

  /** The figures that matter most, in one line. */
  String line();

  /** Further figures, in one line; blank where there are none. */
  default String more() {
    return "";
  }

  /** What became of the promise of a calibrated network, in words; empty for another one. */
  default Optional<String> promised() {
    return Optional.empty();
  }

  /** The figures by their keys. */
  Map<String, Double> figures();

  /** Keeps with a module what later commands need to know of the examples held out. */
  default void keepWith(BayesModule module) {}

  /** Writes pictures and a table of all predictions, and says where they are. */
  List<Path> write(OutputFolder folder);

  /** Of the class of each example. */
  record OfClasses(Dataset set, MetricsCollector collected) implements Measurement {
    @Override
    public String line() {
      Metrics metrics = collected.metrics();
      return String.format(
          Locale.ROOT,
          "accuracy %.2f %%, NLL %.4f, ECE %.4f, Brier %.4f",
          100 * metrics.accuracy(),
          metrics.nll(),
          metrics.ece(),
          metrics.brier());
    }

    @Override
    public String more() {
      return String.format(
          Locale.ROOT,
          "adaptive ECE %.4f, area under the risk-coverage curve %.6f",
          collected.metrics().adaptiveEce(),
          collected.metrics().aurc());
    }

    @Override
    public Map<String, Double> figures() {
      Metrics metrics = collected.metrics();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("test_accuracy", metrics.accuracy());
      figures.put("test_nll", metrics.nll());
      figures.put("test_ece", metrics.ece());
      figures.put("test_brier", metrics.brier());
      figures.put("test_adaptive_ece", metrics.adaptiveEce());
      figures.put("test_aurc", metrics.aurc());
      collected
          .sets()
          .ifPresent(
              sets -> {
                figures.put(SET_COVERAGE, sets.coverage());
                figures.put(MEAN_SET_SIZE, sets.meanSize());
              });
      return figures;
    }

    @Override
    public Optional<String> promised() {
      return collected
          .sets()
          .map(
              sets ->
                  String.format(
                      Locale.ROOT,
                      "%.2f %% of the sets hold the true class, mean size %.3f",
                      100 * sets.coverage(),
                      sets.meanSize()));
    }

    @Override
    public void keepWith(BayesModule module) {
      module.selectiveRisk(SelectiveRisk.of(collected.answers()));
    }

    @Override
    public List<Path> write(OutputFolder folder) {
      return new AnswerFiles(set.name(), set.classNames(), collected.answers()).write(folder);
    }
  }

  /** Of the numbers of each example. */
  record OfValues(Evaluator evaluator, Dataset set, ValueCollector collected)
      implements Measurement {
    private static final double LEVEL = 0.95;

    @Override
    public String line() {
      ValueMetrics metrics = collected.metrics();
      return String.format(
          Locale.ROOT,
          "RMSE %s, NLL %.4f, 95 %% intervals cover %.2f %%",
          ShownScore.RMSE.text(metrics.rmse()),
          metrics.nll(),
          100 * metrics.interval(LEVEL).coverage());
    }

    @Override
    public String more() {
      ValueMetrics metrics = collected.metrics();
      return String.format(
          Locale.ROOT,
          "CRPS %s, mean width of the 95 %% intervals %s",
          ShownScore.RMSE.text(metrics.crps()),
          ShownScore.RMSE.text(metrics.interval(LEVEL).width()));
    }

    @Override
    public Map<String, Double> figures() {
      ValueMetrics metrics = collected.metrics();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("test_rmse", metrics.rmse());
      figures.put("test_nll", metrics.nll());
      figures.put("test_coverage_95", metrics.interval(LEVEL).coverage());
      figures.put("test_width_95", metrics.interval(LEVEL).width());
      figures.put("test_crps", metrics.crps());
      intervals()
          .ifPresent(
              measured -> {
                figures.put(INTERVAL_COVERAGE, measured.coverage());
                figures.put("test_interval_width", measured.width());
              });
      return figures;
    }

    @Override
    public Optional<String> promised() {
      return intervals()
          .map(
              measured ->
                  String.format(
                      Locale.ROOT,
                      "%.2f %% of the promised intervals hold the number, mean width %s",
                      100 * measured.coverage(),
                      ShownScore.RMSE.text(measured.width())));
    }

    /** Measures the promised intervals of all targets together; empty where none is promised. */
    private Optional<ValueMetrics.Interval> intervals() {
      return evaluator
          .module()
          .calibration()
          .flatMap(Calibration::ofValues)
          .map(promised -> promised.measure(collected.answers()));
    }

    @Override
    public List<Path> write(OutputFolder folder) {
      return new ValueFiles(
              evaluator.module(),
              collected.answers(),
              Band.of(evaluator.module(), evaluator.samples(), set))
          .write(folder);
    }
  }

  /** Of the labels of each example, several at once. */
  record OfLabels(Dataset set, LabelCollector collected) implements Measurement {
    @Override
    public String line() {
      LabelMetrics metrics = collected.metrics();
      return String.format(
          Locale.ROOT,
          "accuracy of all labels %.2f %%, NLL %.4f, macro F1 %.4f, macro AUROC %.4f",
          100 * metrics.accuracy(),
          metrics.nll(),
          metrics.macroF1(),
          metrics.macroAuroc());
    }

    @Override
    public Map<String, Double> figures() {
      LabelMetrics metrics = collected.metrics();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("test_accuracy", metrics.accuracy());
      figures.put("test_nll", metrics.nll());
      figures.put("test_macro_f1", metrics.macroF1());
      // JSON has no NaN, which stands for labels that all examples have, or none.
      figures.put(
          "test_macro_auroc", Double.isNaN(metrics.macroAuroc()) ? null : metrics.macroAuroc());
      return figures;
    }

    @Override
    public List<Path> write(OutputFolder folder) {
      return new LabelFiles(set.name(), set.targetNames(), collected.answers()).write(folder);
    }
  }
}
