package io.github.posteriori.cli.run;

import io.github.posteriori.uncertainty.Reliability;
import io.github.posteriori.uncertainty.Reliability.Bin;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A reliability diagram: the accuracy of the answers of each bin of confidence, and how far it is
 * from what they promise; beneath it how many they are.
 */
final class ReliabilityPicture {
  private static final int DIAGRAM_HEIGHT = 460;
  private static final int COUNTS_HEIGHT = 240;

  /** Low end of the logarithmic axis: below 1, so that a single answer is seen. */
  private static final double FLOOR = 0.5;

  private static final Color ACCURACY = new Color(0x1B6CA8);
  private static final Color GAP = new Color(0xE07A1F);
  private static final Color PERFECT = new Color(0x555555);
  private static final BasicStroke DASHES =
      new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0);

  private ReliabilityPicture() {}

  static ChartSheet of(String dataset, Reliability reliability) {
    return new ChartSheet(
        List.of(List.of(diagram(dataset, reliability)), List.of(counts(reliability))));
  }

  private static XYChart diagram(String dataset, Reliability reliability) {
    XYChart chart =
        chart(
            String.format(Locale.ROOT, "Reliability on %s: ECE %.4f", dataset, reliability.error()),
            "accuracy",
            DIAGRAM_HEIGHT);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setYAxisDecimalPattern("0.0");
    bars(chart, "accuracy", reliability, bin -> 0, Bin::accuracy, ACCURACY, 150);
    bars(chart, "gap to mean confidence", reliability, Bin::accuracy, Bin::confidence, GAP, 110);
    XYSeries perfect =
        chart.addSeries("perfect calibration", new double[] {0, 1}, new double[] {0, 1});
    perfect.setMarker(SeriesMarkers.NONE).setLineColor(PERFECT).setLineStyle(DASHES);
    return chart;
  }

  private static XYChart counts(Reliability reliability) {
    XYChart chart = chart("", "answers, log scale", COUNTS_HEIGHT);
    int most = reliability.bins().stream().mapToInt(Bin::count).max().orElseThrow();
    chart.getStyler().setLegendVisible(false);
    chart
        .getStyler()
        .setYAxisLogarithmic(true)
        .setYAxisMin(FLOOR)
        .setYAxisMax(Math.pow(10, Math.ceil(Math.log10(most + 1.0))))
        .setYAxisDecimalPattern("#,##0");
    bars(chart, "answers", reliability, bin -> FLOOR, Bin::count, ACCURACY, 150);
    return chart;
  }

  private static XYChart chart(String title, String y, int height) {
    XYChart chart = ChartSheet.chart(title, "confidence", y, height);
    chart
        .getStyler()
        .setXAxisMin(0.0)
        .setXAxisMax(1.0)
        .setXAxisDecimalPattern("0.0")
        .setXAxisTickMarkSpacingHint(40);
    return chart;
  }

  /** Rectangles over the bins; the first of them stands for all in the legend. */
  private static void bars(
      XYChart chart,
      String name,
      Reliability reliability,
      ToDoubleFunction<Bin> from,
      ToDoubleFunction<Bin> to,
      Color color,
      int opacity) {
    for (int b = 0; b < reliability.bins().size(); b++) {
      Bin bin = reliability.bins().get(b);
      double low = from.applyAsDouble(bin);
      double high = to.applyAsDouble(bin);
      XYSeries bar =
          chart.addSeries(
              name + b,
              new double[] {bin.low(), bin.low(), bin.high(), bin.high()},
              new double[] {low, high, high, low});
      bar.setLabel(name);
      bar.setShowInLegend(b == 0);
      bar.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
      bar.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), opacity));
      bar.setLineColor(color);
      bar.setLineStyle(new BasicStroke(1f));
      bar.setMarker(SeriesMarkers.NONE);
    }
  }
}
