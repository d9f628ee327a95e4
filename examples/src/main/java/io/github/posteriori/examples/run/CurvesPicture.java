package io.github.posteriori.examples.run;

import io.github.posteriori.train.EpochReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A run's course in one picture: negative log-likelihood, accuracy and KL divergence over the
 * epochs.
 *
 * @param charts from left to right
 */
record CurvesPicture(List<XYChart> charts) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 400;
  private static final Color TRAIN = new Color(0x1B6CA8);
  private static final Color VALID = new Color(0xE07A1F);
  private static final Color KL = new Color(0x4A8C5C);

  static CurvesPicture of(List<EpochReport> epochs) {
    XYChart nll = chart("Negative log-likelihood", "nats per image");
    line(nll, "training", TRAIN, epochs, EpochReport::nll);
    XYChart accuracy = chart("Accuracy", "%");
    line(accuracy, "training", TRAIN, epochs, e -> 100 * e.accuracy());
    if (epochs.stream().allMatch(e -> e.valid().isPresent())) {
      line(nll, "validation", VALID, epochs, e -> e.valid().orElseThrow().nll());
      line(accuracy, "validation", VALID, epochs, e -> 100 * e.valid().orElseThrow().accuracy());
    }
    XYChart kl = chart("KL(q || p)", "nats");
    line(kl, "all weights", KL, epochs, EpochReport::kl);
    return new CurvesPicture(List.of(nll, accuracy, kl));
  }

  void write(Path file) throws IOException {
    BufferedImage picture =
        new BufferedImage(WIDTH * charts.size(), HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    for (int i = 0; i < charts.size(); i++) {
      graphics.translate(i == 0 ? 0 : WIDTH, 0);
      charts.get(i).paint(graphics, WIDTH, HEIGHT);
    }
    graphics.dispose();
    ImageIO.write(picture, "png", file.toFile());
  }

  private static XYChart chart(String title, String unit) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("epoch")
            .yAxisTitle(unit)
            .build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBackgroundColor(Color.WHITE)
        .setChartTitleBoxVisible(false)
        .setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    chart.getStyler().setPlotGridLinesColor(new Color(0xDDDDDD)).setPlotBorderVisible(false);
    return chart;
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
