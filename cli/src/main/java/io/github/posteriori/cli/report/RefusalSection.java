package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.MeasuredSet;
import io.github.posteriori.cli.figures.Scale;
import io.github.posteriori.uncertainty.RiskCoverage;
import java.util.ArrayList;
import java.util.List;

/** Section on what is gained if the network may leave its least certain examples to a person. */
final class RefusalSection {
  private static final double[] COVERAGES = {0.5, 0.8, 0.9, 0.95, 0.99, 1};

  /** Most points: more than pixels would only make the page longer. */
  private static final int MOST_POINTS = 300;

  private RefusalSection() {}

  static Section of(MeasuredSet test) {
    RiskCoverage curve = RiskCoverage.of(test.collect().answers());
    return new Section("refusal", "What if it may say “I don’t know”?")
        .say(
            "If the network answers only for the examples it is most confident of, and leaves the"
                + " others to a person, it errs less often.")
        .figures(figure(curve), table(curve));
  }

  /** Finds the first point that covers at least that share of the examples. */
  private static RiskCoverage.Point at(RiskCoverage curve, double coverage) {
    return curve.points().stream()
        .filter(point -> point.coverage() >= coverage - 1e-12)
        .findFirst()
        .orElseThrow();
  }

  private static Element figure(RiskCoverage curve) {
    List<RiskCoverage.Point> points = thinned(curve.points());
    double worst = points.stream().mapToDouble(RiskCoverage.Point::risk).max().orElseThrow();
    Chart chart =
        new Chart(
            "Risk-coverage curve: share of wrong answers by share of examples answered",
            Chart.Axis.shares("examples answered", 0, 1),
            Chart.Axis.shares("wrong answers", 0, Scale.linear(worst).high()));
    chart.curve(
        points.stream().mapToDouble(RiskCoverage.Point::coverage).toArray(),
        points.stream().mapToDouble(RiskCoverage.Point::risk).toArray(),
        "line first");
    for (double coverage : COVERAGES) {
      RiskCoverage.Point point = at(curve, coverage);
      chart.dot(
          point.coverage(),
          point.risk(),
          "dot first",
          Figures.percent(point.coverage())
              + " answered, "
              + Figures.percent(point.risk())
              + " of them wrong");
    }
    return Section.figure(
        "Risk and coverage",
        chart.svg(),
        Section.paragraph(
            "From right to left more examples are left to a person; the faster the curve falls, the"
                + " better the network knows its own mistakes."));
  }

  private static Element table(RiskCoverage curve) {
    Table table = new Table("examples answered", "wrong answers");
    for (double coverage : COVERAGES) {
      RiskCoverage.Point point = at(curve, coverage);
      table.row(Figures.percent(point.coverage()), Figures.percent(point.risk()));
    }
    return Section.figure(
        "In numbers",
        table.element("numbers"),
        Section.paragraph("Equally confident answers are given, or left, together."));
  }

  private static List<RiskCoverage.Point> thinned(List<RiskCoverage.Point> points) {
    int step = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<RiskCoverage.Point> kept = new ArrayList<>();
    for (int i = points.size() - 1; i >= 0; i -= step) {
      kept.add(0, points.get(i));
    }
    return kept;
  }
}
