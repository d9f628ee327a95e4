package io.github.posteriori.examples.report;

import io.github.posteriori.examples.uncertainty.Scale;
import java.util.ArrayList;
import java.util.List;

/** What is gained if the network may leave its least certain images to a person. */
final class RefusalSection {
  private static final double[] COVERAGES = {0.5, 0.8, 0.9, 0.95, 0.99, 1};

  /** More points than pixels would only make the page longer. */
  private static final int MOST_POINTS = 300;

  private RefusalSection() {}

  static Section of(Measurement test) {
    boolean[] right = new boolean[test.images().size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = test.images().get(i).right();
    }
    RiskCoverageCurve curve = RiskCoverageCurve.of(test.entropies(), right);
    return new Section("refusal", "What if it may say “I don’t know”?")
        .say(
            "If the network answers only for the images it is least uncertain of, by predictive"
                + " entropy, and leaves the others to a person, it errs less often.")
        .figures(figure(curve), table(curve));
  }

  private static Element figure(RiskCoverageCurve curve) {
    List<RiskCoverageCurve.Point> points = thinned(curve.points());
    double worst = points.stream().mapToDouble(RiskCoverageCurve.Point::risk).max().orElseThrow();
    Chart chart =
        new Chart(
            "Risk-coverage curve: share of wrong answers by share of images answered",
            Chart.Axis.shares("images answered", 0, 1),
            Chart.Axis.shares("wrong answers", 0, Scale.linear(worst).high()));
    chart.curve(
        points.stream().mapToDouble(RiskCoverageCurve.Point::coverage).toArray(),
        points.stream().mapToDouble(RiskCoverageCurve.Point::risk).toArray(),
        "line first");
    for (double coverage : COVERAGES) {
      RiskCoverageCurve.Point point = curve.at(coverage);
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
            "From right to left more images are left to a person; the faster the curve falls, the"
                + " better the network knows its own mistakes."));
  }

  private static Element table(RiskCoverageCurve curve) {
    Table table = new Table("images answered", "wrong answers");
    for (double coverage : COVERAGES) {
      RiskCoverageCurve.Point point = curve.at(coverage);
      table.row(Figures.percent(point.coverage()), Figures.percent(point.risk()));
    }
    return Section.figure(
        "In numbers",
        table.element("numbers"),
        Section.paragraph("Equally uncertain images are answered, or left, together."));
  }

  private static List<RiskCoverageCurve.Point> thinned(List<RiskCoverageCurve.Point> points) {
    int step = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<RiskCoverageCurve.Point> kept = new ArrayList<>();
    for (int i = points.size() - 1; i >= 0; i -= step) {
      kept.add(0, points.get(i));
    }
    return kept;
  }
}
