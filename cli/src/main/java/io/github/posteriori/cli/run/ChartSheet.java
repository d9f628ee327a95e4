package io.github.posteriori.cli.run;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * Charts of one look, side by side and one above the other in one picture.
 *
 * @param rows from top to bottom, each from left to right; a row is as high as its first chart
 */
record ChartSheet(List<List<XYChart>> rows) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 400;

  static XYChart chart(String title, String x, String y) {
    return chart(title, x, y, HEIGHT);
  }

  static XYChart chart(String title, String x, String y, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setLocale(Locale.ROOT)
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

  void writeTo(OutputStream out) throws IOException {
    int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
    int height = rows.stream().mapToInt(ChartSheet::height).sum();
    BufferedImage picture = new BufferedImage(WIDTH * columns, height, BufferedImage.TYPE_INT_RGB);
    int top = 0;
    for (List<XYChart> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        Graphics2D cell = picture.createGraphics();
        cell.translate(WIDTH * column, top);
        row.get(column).paint(cell, WIDTH, height(row));
        cell.dispose();
      }
      top += height(row);
    }
    ImageIO.write(picture, "png", out);
  }

  private static int height(List<XYChart> row) {
    return row.get(0).getHeight();
  }
}
