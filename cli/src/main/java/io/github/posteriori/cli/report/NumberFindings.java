package io.github.posteriori.cli.report;

import io.github.posteriori.Evaluator;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.cli.figures.MeasuredNumbers;
import io.github.posteriori.cli.run.Band;
import io.github.posteriori.cli.run.PredictedNumber;
import io.github.posteriori.cli.run.ShownScore;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.Auroc;
import io.github.posteriori.uncertainty.ValueAnswer;
import io.github.posteriori.uncertainty.ValueCollector;
import io.github.posteriori.uncertainty.ValueMetrics;
import java.util.List;
import java.util.Optional;

/**
 * What a report says of predicted numbers.
 *
 * @param measured what the network predicts of the test part
 * @param collected the same beside what was observed
 * @param band what it predicts along its only feature, if it has one alone
 * @param outsideName of the set from outside what it learned
 * @param outside what it predicts of these, where they are there
 */
public record NumberFindings(
    MeasuredNumbers measured,
    ValueCollector collected,
    Optional<Band> band,
    String outsideName,
    Optional<MeasuredNumbers> outside)
    implements Findings {

  /** Measures a network on the test part. */
  public static NumberFindings of(
      Evaluator evaluator, Dataset test, String outsideName, Optional<MeasuredNumbers> outside) {
    ValueCollector collected = evaluator.collectValues(test);
    List<List<PredictedNumber>> numbers =
        collected.answers().stream()
            .map(each -> each.stream().map(ValueAnswer::predicted).toList())
            .map(each -> PredictedNumber.of(evaluator.module(), each))
            .toList();
    return new NumberFindings(
        MeasuredNumbers.of(evaluator, test, numbers),
        collected,
        Band.of(evaluator.module(), evaluator.samples(), test),
        outsideName,
        outside);
  }

  @Override
  public Dataset test() {
    return measured.dataset();
  }

  @Override
  public Optional<Dataset> outsideSet() {
    return outside.map(MeasuredNumbers::dataset);
  }

  @Override
  public List<Tile> tiles() {
    ValueMetrics metrics = collected.metrics();
    return List.of(
        new Tile("RMSE", ShownScore.RMSE.text(metrics.rmse()), "in units of the target"),
        new Tile("NLL", Figures.decimals(metrics.nll(), 4), "surprise, nats; lower is better"),
        new Tile("CRPS", ShownScore.RMSE.text(metrics.crps()), "in units of the target"),
        new Tile(
            "Coverage",
            Figures.percent(metrics.interval(0.95).coverage()),
            "observed within the 95 % interval"),
        Findings.auroc(
            outsideName,
            outside.map(others -> Auroc.of(measured.epistemic(), others.epistemic()))));
  }

  @Override
  public List<Section> sections(RunReport report) {
    return List.of(
        AgreementSection.of(this),
        IntervalSection.of(collected, report.module().calibration().flatMap(Calibration::ofValues)),
        UnseenSection.of(this),
        FirstLayerSection.of(report.module()));
  }
}
