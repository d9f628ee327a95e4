package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.MeasuredSet;
import io.github.posteriori.cli.figures.Scale;
import io.github.posteriori.uncertainty.Reliability;

/** Section on whether the network is right as often as it says. */
final class CalibrationSection {
  private CalibrationSection() {}

  static Section of(MeasuredSet test) {
    Reliability bins = Reliability.ofEqualWidth(test.collect().answers());
    return new Section("calibration", "Is it right as often as it says?")
        .say(
            "A network that is 80 % sure should be right in 80 of 100 such cases. The expected"
                + " calibration error (ECE), the mean distance between the two, is "
                + Figures.decimals(test.collect().metrics().ece(), 4)
                + " here; 0 is perfect.")
        .figures(diagram(bins), counts(bins, test.images().size()))
        .add(numbers(bins));
  }

  private static Element diagram(Reliability bins) {
    Chart chart =
        new Chart(
            "Reliability diagram: accuracy by confidence",
            Chart.Axis.shares("confidence", 0, 1),
            Chart.Axis.shares("right answers", 0, 1));
    for (Reliability.Bin bin : bins.bins()) {
      chart.bar(bin.low() + 0.003, bin.high() - 0.003, bin.accuracy(), "bar first", tip(bin));
    }
    chart.curve(new double[] {0, 1}, new double[] {0, 1}, "line ideal");
    for (Reliability.Bin bin : bins.bins()) {
      chart.dot(bin.confidence(), bin.accuracy(), "dot second", tip(bin));
    }
    return Section.figure(
        "Reliability",
        chart.svg(),
        Section.keys(
            Section.key("first", "share that is right"),
            Section.key("second", "at their mean confidence"),
            Section.key("ideal", "perfect")),
        Section.paragraph(
            "Above the line the network is too modest, below it too sure of itself. Bars of few"
                + " answers say little."));
  }

  private static Element counts(Reliability bins, int answers) {
    double most = bins.bins().stream().mapToInt(Reliability.Bin::count).max().orElseThrow();
    Scale scale = new Scale(0.5, Math.pow(10, Math.ceil(Math.log10(Math.max(10, most)))), true);
    Chart chart =
        new Chart(
            "Number of answers by confidence",
            Chart.Axis.shares("confidence", 0, 1),
            new Chart.Axis("answers, log scale", new Scale(0.5, scale.high(), true)));
    for (Reliability.Bin bin : bins.bins()) {
      chart.bar(bin.low() + 0.003, bin.high() - 0.003, bin.count(), "bar first", tip(bin));
    }
    Reliability.Bin last = bins.bins().get(bins.bins().size() - 1);
    return Section.figure(
        "How sure it is",
        chart.svg(),
        Section.paragraph(
            "Of "
                + Figures.count(answers, "answer")
                + ", the network is at least "
                + Figures.decimals(100 * last.low(), 0)
                + " % sure of "
                + Figures.count(last.count())
                + "."));
  }

  private static String tip(Reliability.Bin bin) {
    return "confidence "
        + range(bin)
        + ": "
        + Figures.count(bin.count(), "answer")
        + ", "
        + Figures.percent(bin.accuracy())
        + " right at a mean confidence of "
        + Figures.percent(bin.confidence());
  }

  private static String range(Reliability.Bin bin) {
    return Figures.decimals(bin.low(), 3) + " to " + Figures.decimals(bin.high(), 3);
  }

  private static Element numbers(Reliability bins) {
    Table table = new Table("confidence", "answers", "mean confidence", "right");
    for (Reliability.Bin bin : bins.bins()) {
      table.row(
          range(bin),
          Figures.count(bin.count()),
          Figures.percent(bin.confidence()),
          Figures.percent(bin.accuracy()));
    }
    return table.folded("The bins in numbers");
  }
}
