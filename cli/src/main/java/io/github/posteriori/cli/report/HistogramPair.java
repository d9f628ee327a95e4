package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.Numerals;
import io.github.posteriori.cli.figures.Scale;
import io.github.posteriori.uncertainty.Auroc;
import java.util.stream.DoubleStream;

/**
 * Histograms of an uncertainty over two sets, on common axes.
 *
 * @param inside name of the set like the one the network learned from
 * @param outside name of the other
 * @param things what the examples are called
 * @param unit of the uncertainty
 */
record HistogramPair(String inside, String outside, String things, String unit) {
  private static final int BINS = 30;

  Element figure(String heading, double[] in, double[] out, String explanation) {
    double auroc = Auroc.of(in, out);
    Scale x =
        Scale.fitting(DoubleStream.concat(DoubleStream.of(in), DoubleStream.of(out)).toArray());
    double[] sharesIn = Chart.shares(in, x, BINS);
    double[] sharesOut = Chart.shares(out, x, BINS);
    double most =
        DoubleStream.concat(DoubleStream.of(sharesIn), DoubleStream.of(sharesOut))
            .max()
            .orElseThrow();
    Chart chart =
        new Chart(
            heading + " of " + inside + " and " + outside,
            new Chart.Axis(unit + (x.logarithmic() ? ", log scale" : ""), x),
            new Chart.Axis(
                "share of " + things,
                Scale.linear(most),
                share -> Numerals.of(100 * share) + " %"));
    chart.outline(sharesIn, "area first").outline(sharesOut, "area second");
    for (int bin = 0; bin < BINS; bin++) {
      chart.column(
          (double) bin / BINS,
          (bin + 1.0) / BINS,
          Numerals.of(x.at((double) bin / BINS))
              + " to "
              + Numerals.of(x.at((bin + 1.0) / BINS))
              + " "
              + unit
              + ": "
              + Figures.percent(sharesIn[bin])
              + " inside, "
              + Figures.percent(sharesOut[bin])
              + " outside");
    }
    return Section.figure(
        heading,
        chart.svg(),
        Section.keys(
            Section.key("first", inside + ", mean " + mean(in)),
            Section.key("second", outside + ", mean " + mean(out))),
        Section.paragraph(explanation + " AUROC " + Figures.decimals(auroc, 4) + "."));
  }

  private static String mean(double[] values) {
    return Numerals.of(DoubleStream.of(values).average().orElseThrow());
  }
}
