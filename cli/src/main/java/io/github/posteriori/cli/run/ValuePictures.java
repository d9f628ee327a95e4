package io.github.posteriori.cli.run;

import io.github.posteriori.uncertainty.ValueAnswer;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures of predicted numbers. */
final class ValuePictures {
  private static final Color PREDICTED = new Color(0x1B6CA8);
  private static final Color OBSERVED = new Color(0xE07A1F);
  private static final Color IDEAL = new Color(0x555555);
  private static final BasicStroke LINE = new BasicStroke(2f);
  private static final BasicStroke DASHES =
      new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0);

  private ValuePictures() {}

  /** Draws a chart for each target: the predicted mean of each example over what was observed. */
  static ChartSheet predictedAndObserved(
      List<String> targetNames, List<List<ValueAnswer>> answers) {
    List<List<XYChart>> rows = new ArrayList<>();
    for (int k = 0; k < targetNames.size(); k++) {
      int target = k;
      double[] observed = answers.stream().mapToDouble(a -> a.get(target).observed()).toArray();
      double[] means =
          answers.stream().mapToDouble(a -> a.get(target).predicted().mean()).toArray();
      XYChart chart = ChartSheet.chart(targetNames.get(k), "observed", "predicted mean");
      dots(chart, "examples", observed, means, PREDICTED);
      double low = DoubleStream.of(observed).min().orElseThrow();
      double high = DoubleStream.of(observed).max().orElseThrow();
      line(chart, "equal", new double[] {low, high}, new double[] {low, high}, IDEAL, DASHES);
      rows.add(List.of(chart));
    }
    return new ChartSheet(rows);
  }

  /** Draws the share of observations in central intervals by the level of the intervals. */
  static ChartSheet coverage(IntervalCoverage coverage) {
    XYChart chart =
        ChartSheet.chart(
            "Coverage of central intervals", "probability of the interval, %", "observed in it, %");
    chart.getStyler().setXAxisTickMarkSpacingHint(80);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(100.0).setYAxisMin(0.0).setYAxisMax(100.0);
    double[] levels = DoubleStream.of(coverage.levels()).map(level -> 100 * level).toArray();
    double[] shares = DoubleStream.of(coverage.shares()).map(share -> 100 * share).toArray();
    line(chart, "observed", levels, shares, PREDICTED, LINE);
    line(chart, "promised", levels, levels, IDEAL, DASHES);
    return new ChartSheet(List.of(List.of(chart)));
  }

  /** Draws a chart for each target: its mean and intervals along the only feature. */
  static ChartSheet band(Band band) {
    List<List<XYChart>> rows = new ArrayList<>();
    for (int k = 0; k < band.targetNames().size(); k++) {
      String target = band.targetNames().get(k);
      XYChart chart = ChartSheet.chart(target + ": mean and 95 % interval", band.feature(), target);
      double[] mean = band.along(k, PredictedNumber::mean);
      double[] spread = band.along(k, number -> 1.96 * number.epistemicStd());
      area(
          chart,
          "all uncertainty",
          band.axis(),
          band.along(k, PredictedNumber::low),
          band.along(k, PredictedNumber::high),
          70);
      area(
          chart,
          "epistemic alone",
          band.axis(),
          IntStream.range(0, mean.length).mapToDouble(i -> mean[i] - spread[i]).toArray(),
          IntStream.range(0, mean.length).mapToDouble(i -> mean[i] + spread[i]).toArray(),
          110);
      dots(chart, "observed", band.examples(), band.observed(k), OBSERVED);
      line(chart, "mean", band.axis(), mean, PREDICTED, LINE);
      rows.add(List.of(chart));
    }
    return new ChartSheet(rows);
  }

  private static void area(
      XYChart chart, String name, double[] x, double[] low, double[] high, int opacity) {
    int n = x.length;
    double[] around =
        IntStream.range(0, 2 * n).mapToDouble(i -> x[i < n ? i : 2 * n - 1 - i]).toArray();
    double[] edge =
        IntStream.range(0, 2 * n).mapToDouble(i -> i < n ? low[i] : high[2 * n - 1 - i]).toArray();
    XYSeries area = chart.addSeries(name, around, edge);
    area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    Color color = PREDICTED;
    area.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), opacity));
    area.setLineStyle(new BasicStroke(0f));
    area.setLineColor(new Color(0, 0, 0, 0));
    area.setMarker(SeriesMarkers.NONE);
  }

  private static void dots(XYChart chart, String name, double[] x, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(color);
  }

  private static void line(
      XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    series.setMarker(SeriesMarkers.NONE);
  }
}
