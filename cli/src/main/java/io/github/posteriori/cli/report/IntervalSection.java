package io.github.posteriori.cli.report;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.cli.run.Digits;
import io.github.posteriori.cli.run.IntervalCoverage;
import io.github.posteriori.uncertainty.ValueCollector;
import io.github.posteriori.uncertainty.ValueMetrics;
import java.util.Optional;

/** Section on whether as much lies in the predicted intervals as they promise. */
final class IntervalSection {
  private IntervalSection() {}

  static Section of(ValueCollector collected, Optional<Calibration.OfValues> promised) {
    ValueMetrics metrics = collected.metrics();
    Table table = new Table("interval", "observed in it", "mean width");
    for (ValueMetrics.Interval interval : metrics.intervals()) {
      table.row(
          Figures.decimals(100 * interval.level(), 0) + " %",
          Figures.percent(interval.coverage()),
          Digits.significant(interval.width(), 4));
    }
    promised
        .map(by -> by.measure(collected.answers()))
        .ifPresent(
            interval ->
                table.row(
                    "promised " + Digits.significant(100 * interval.level(), 4) + " %",
                    Figures.percent(interval.coverage()),
                    Digits.significant(interval.width(), 4)));
    return new Section("intervals", "Do the intervals hold what they promise?")
        .say(
            "Of the numbers observed, 95 of 100 should lie within their 95 % intervals; here it is "
                + Figures.percent(metrics.interval(0.95).coverage())
                + ". An interval that is always kept may be too wide: the width counts as well.")
        .figures(
            curve(IntervalCoverage.of(collected.answers())),
            Section.figure(
                "In numbers",
                table.element("numbers"),
                Section.paragraph(
                    "Central intervals of the predictive distributions; widths in units of the"
                        + " target, averaged over targets."
                        + (promised.isEmpty()
                            ? ""
                            : " The promised ones are scaled by errors on held-out examples."))));
  }

  private static Element curve(IntervalCoverage coverage) {
    Chart chart =
        new Chart(
            "Share of observations within central intervals",
            Chart.Axis.shares("probability of the interval", 0, 1),
            Chart.Axis.shares("observed in it", 0, 1));
    chart.curve(new double[] {0, 1}, new double[] {0, 1}, "line ideal");
    chart.curve(coverage.levels(), coverage.shares(), "line first");
    return Section.figure(
        "Coverage",
        chart.svg(),
        Section.keys(Section.key("first", "observed"), Section.key("ideal", "promised")),
        Section.paragraph(
            "Above the line the network is too modest, below it too sure of itself."));
  }
}
