package io.github.posteriori.examples.run;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * Charts of one look, side by side and one above the other in one picture.
 *
 * @param rows from top to bottom, each from left to right
 */
record ChartSheet(List<List<XYChart>> rows) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 400;

  static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setLegendSeriesLineLength(16)
        .setLegendPadding(7)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBackgroundColor(Color.WHITE)
        .setChartTitleBoxVisible(false)
        .setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    chart.getStyler().setPlotGridLinesColor(new Color(0xDDDDDD)).setPlotBorderVisible(false);
    return chart;
  }

  void write(OutputStream out) throws IOException {
    int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
    BufferedImage picture =
        new BufferedImage(WIDTH * columns, HEIGHT * rows.size(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        Graphics2D cell = picture.createGraphics();
        cell.translate(WIDTH * column, HEIGHT * row);
        rows.get(row).get(column).paint(cell, WIDTH, HEIGHT);
        cell.dispose();
      }
    }
    ImageIO.write(picture, "png", out);
  }
}
