package io.github.posteriori.cli.run;

import io.github.posteriori.train.EpochReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A run's course in one picture: negative log-likelihood, score and KL divergence over the epochs.
 */
final class CurvesPicture {
  private static final Color TRAIN = new Color(0x1B6CA8);
  private static final Color VALID = new Color(0xE07A1F);
  private static final Color KL = new Color(0x4A8C5C);

  private CurvesPicture() {}

  static ChartSheet of(List<EpochReport> epochs) {
    XYChart nll = ChartSheet.chart("Negative log-likelihood", "epoch", "nats per image");
    line(nll, "training", TRAIN, epochs, EpochReport::nll);
    ShownScore score = ShownScore.of(epochs.get(0).score());
    XYChart scores = ChartSheet.chart(score.title(), "epoch", score.unit());
    line(scores, "training", TRAIN, epochs, e -> score.shown(e.score().value()));
    if (epochs.stream().allMatch(e -> e.valid().isPresent())) {
      line(nll, "validation", VALID, epochs, e -> e.valid().orElseThrow().nll());
      line(
          scores,
          "validation",
          VALID,
          epochs,
          e -> score.shown(e.valid().orElseThrow().score().value()));
    }
    XYChart kl = ChartSheet.chart("KL(q || p)", "epoch", "nats");
    line(kl, "all weights", KL, epochs, EpochReport::kl);
    return new ChartSheet(List.of(List.of(nll, scores, kl)));
  }

  private static void line(
      XYChart chart,
      String name,
      Color color,
      List<EpochReport> epochs,
      ToDoubleFunction<EpochReport> value) {
    double[] x = epochs.stream().mapToDouble(EpochReport::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(2f));
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(color);
  }
}
