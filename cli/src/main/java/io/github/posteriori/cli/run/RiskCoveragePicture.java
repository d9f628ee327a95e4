package io.github.posteriori.cli.run;

import io.github.posteriori.uncertainty.RiskCoverage;
import io.github.posteriori.uncertainty.RiskCoverage.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The risk-coverage curve of a network, between that of confidence which knew every error and that
 * of confidence which knew none.
 */
final class RiskCoveragePicture {
  private static final int POINTS = 400;
  private static final Color CURVE = new Color(0x1B6CA8);
  private static final Color BEST = new Color(0x4A8C5C);
  private static final Color CHANCE = new Color(0x555555);
  private static final BasicStroke LINE = new BasicStroke(2f);
  private static final BasicStroke DASHES =
      new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0);

  private RiskCoveragePicture() {}

  static ChartSheet of(String dataset, RiskCoverage risk) {
    XYChart chart =
        ChartSheet.chart(
            String.format(Locale.ROOT, "Risk and coverage on %s: AURC %.5f", dataset, risk.area()),
            "coverage: most confident examples answered, %",
            "risk: wrong answers, %");
    double top = risk.points().stream().mapToDouble(Point::risk).max().orElseThrow();
    chart
        .getStyler()
        .setXAxisMin(0.0)
        .setXAxisMax(100.0)
        .setYAxisMin(0.0)
        .setYAxisMax(top > 0 ? 105 * top : 1)
        .setXAxisDecimalPattern("0")
        .setYAxisDecimalPattern("0.###");
    double overall = risk.points().get(risk.points().size() - 1).risk();
    line(chart, "by confidence", xs(risk), ys(risk), CURVE, LINE);
    double[] grid = IntStream.rangeClosed(0, POINTS).mapToDouble(i -> i / 4.0).toArray();
    double[] best =
        IntStream.rangeClosed(0, POINTS)
            .mapToDouble(i -> i == 0 ? 0 : 100 * Math.max(0, 1 - (1 - overall) * POINTS / i))
            .toArray();
    line(chart, "all errors last", grid, best, BEST, LINE);
    line(
        chart,
        "in random order",
        new double[] {0, 100},
        new double[] {100 * overall, 100 * overall},
        CHANCE,
        DASHES);
    return new ChartSheet(List.of(List.of(chart)));
  }

  private static double[] xs(RiskCoverage risk) {
    return risk.points().stream().mapToDouble(point -> 100 * point.coverage()).toArray();
  }

  private static double[] ys(RiskCoverage risk) {
    return risk.points().stream().mapToDouble(point -> 100 * point.risk()).toArray();
  }

  private static void line(
      XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    series.setMarker(SeriesMarkers.NONE);
  }
}
