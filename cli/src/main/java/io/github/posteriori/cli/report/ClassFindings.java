package io.github.posteriori.cli.report;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.cli.figures.MeasuredSet;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.Auroc;
import io.github.posteriori.uncertainty.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a report says of predicted classes.
 *
 * @param measured what the network says of the test images
 * @param outsideName of the set from outside what it learned
 * @param outside what it says of these, where they are there
 */
public record ClassFindings(MeasuredSet measured, String outsideName, Optional<MeasuredSet> outside)
    implements Findings {

  @Override
  public Dataset test() {
    return measured.dataset();
  }

  @Override
  public Optional<Dataset> outsideSet() {
    return outside.map(MeasuredSet::dataset);
  }

  @Override
  public List<Tile> tiles() {
    Metrics metrics = measured.collect().metrics();
    return List.of(
        new Tile("Accuracy", Figures.percent(metrics.accuracy()), "answers that are right"),
        new Tile("NLL", Figures.decimals(metrics.nll(), 4), "surprise, nats; lower is better"),
        new Tile("Brier", Figures.decimals(metrics.brier(), 4), "squared error; lower is better"),
        new Tile("ECE", Figures.decimals(metrics.ece(), 4), "confidence less accuracy; 0 is best"),
        Findings.auroc(
            outsideName,
            outside.map(others -> Auroc.of(measured.entropies(), others.entropies()))));
  }

  @Override
  public List<Section> sections(RunReport report) {
    List<Section> sections = new ArrayList<>();
    sections.add(ConfusionSection.of(measured));
    sections.add(CalibrationSection.of(measured));
    report
        .module()
        .calibration()
        .flatMap(Calibration::ofClasses)
        .ifPresent(by -> sections.add(SetSection.of(measured, by)));
    sections.addAll(
        List.of(
            OutsideSection.of(this, report.samplesPosterior()),
            RefusalSection.of(measured),
            GallerySection.of(this),
            FirstLayerSection.of(report.module())));
    return List.copyOf(sections);
  }
}
