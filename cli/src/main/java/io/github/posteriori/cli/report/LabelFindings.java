package io.github.posteriori.cli.report;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.LabelMetrics;
import java.util.List;
import java.util.Optional;

/**
 * What a report says of several labels predicted at once.
 *
 * @param metrics of the test part
 */
public record LabelFindings(Dataset test, LabelMetrics metrics) implements Findings {

  @Override
  public Optional<Dataset> outsideSet() {
    return Optional.empty();
  }

  @Override
  public List<Tile> tiles() {
    boolean ranked = !Double.isNaN(metrics.macroAuroc());
    return List.of(
        new Tile("Accuracy", Figures.percent(metrics.accuracy()), "labels that are right"),
        new Tile("NLL", Figures.decimals(metrics.nll(), 4), "surprise, nats; lower is better"),
        new Tile("F1", Figures.decimals(metrics.macroF1(), 4), "mean over labels; 1 is best"),
        new Tile(
            "AUROC",
            ranked ? Figures.decimals(metrics.macroAuroc(), 4) : "–",
            "mean over labels; 1 is best"));
  }

  @Override
  public List<Section> sections(RunReport report) {
    return List.of(FirstLayerSection.of(report.module()));
  }
}
