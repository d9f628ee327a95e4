package io.github.posteriori.cli.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Histograms of one kind of uncertainty over the images of two sets, on common axes.
 *
 * @param in one value an image
 * @param ood likewise
 * @param unit of the values
 */
record Histograms(double[] in, double[] ood, String unit) {
  private static final int BINS = 36;

  void draw(Graphics2D graphics, Rectangle area) {
    new Words(graphics, area.x, area.y - 8)
        .write(Ink.BODY, Ink.QUIET, "mean ")
        .write(Ink.LABEL, Ink.IN, Numerals.of(mean(in)))
        .write(Ink.BODY, Ink.QUIET, " in, ")
        .write(Ink.LABEL, Ink.OOD, Numerals.of(mean(ood)))
        .write(Ink.BODY, Ink.QUIET, " out");
    Scale x = Scale.fitting(DoubleStream.concat(Arrays.stream(in), Arrays.stream(ood)).toArray());
    double[] sharesIn = shares(in, x);
    double[] sharesOod = shares(ood, x);
    double highest =
        DoubleStream.concat(Arrays.stream(sharesIn), Arrays.stream(sharesOod)).max().orElseThrow();
    Plot plot = new Plot(graphics, area, Scale.linear(highest));
    plot.axis(share -> Numerals.of(100 * share) + " %");
    plot.numbers(x, unit + (x.logarithmic() ? ", log scale" : ""));
    draw(plot, sharesIn, Ink.IN);
    draw(plot, sharesOod, Ink.OOD);
  }

  /** Counts the share of the values in each of equal parts of the axis. */
  private static double[] shares(double[] values, Scale x) {
    double[] shares = new double[BINS];
    for (double value : values) {
      shares[Math.min((int) (x.position(value) * BINS), BINS - 1)] += 1.0 / values.length;
    }
    return shares;
  }

  private static void draw(Plot plot, double[] shares, Color color) {
    Rectangle area = plot.area();
    Path2D outline = new Path2D.Double();
    outline.moveTo(area.x, plot.base());
    for (int bin = 0; bin < BINS; bin++) {
      double top = plot.y(shares[bin]);
      outline.lineTo(area.x + (double) area.width * bin / BINS, top);
      outline.lineTo(area.x + (double) area.width * (bin + 1) / BINS, top);
    }
    outline.lineTo(area.x + area.width, plot.base());
    plot.graphics().setColor(Ink.veil(color));
    plot.graphics().fill(outline);
    plot.graphics().setColor(color);
    plot.graphics().setStroke(new BasicStroke(1.8f));
    plot.graphics().draw(outline);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
