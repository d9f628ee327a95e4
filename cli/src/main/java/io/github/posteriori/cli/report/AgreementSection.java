package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.MeasuredNumbers;
import io.github.posteriori.cli.figures.Scale;
import io.github.posteriori.cli.run.Band;
import io.github.posteriori.cli.run.Digits;
import io.github.posteriori.cli.run.PredictedNumber;
import io.github.posteriori.uncertainty.ValueAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Section on how close predicted numbers are to those observed. */
final class AgreementSection {
  /** Most dots: more would hide each other and make the page large. */
  private static final int MOST_DOTS = 1000;

  private static final int DIGITS = 4;

  private AgreementSection() {}

  static Section of(NumberFindings findings) {
    Section section =
        new Section("agreement", "How close are the predictions?")
            .say(
                "The network predicts a distribution for each number. A dot is a test example: its"
                    + " predicted mean over what was observed. On the line they are equal.");
    List<Element> figures = new ArrayList<>();
    MeasuredNumbers measured = findings.measured();
    for (int k = 0; k < measured.targetNames().size(); k++) {
      figures.add(scatter(findings, k));
    }
    findings
        .band()
        .ifPresent(
            band ->
                IntStream.range(0, band.targetNames().size())
                    .forEach(k -> figures.add(band(band, k))));
    return section.figures(figures.toArray(Element[]::new)).add(table(findings));
  }

  private static Element scatter(NumberFindings findings, int target) {
    MeasuredNumbers measured = findings.measured();
    String name = measured.targetNames().get(target);
    double[] observed = observed(findings, target);
    double[] means = measured.of(target, PredictedNumber::mean);
    Scale x = Scale.covering(observed);
    Chart chart =
        new Chart(
            "Predicted over observed " + name,
            new Chart.Axis("observed", x, Digits::tick),
            new Chart.Axis(
                "predicted mean",
                Scale.covering(
                    DoubleStream.concat(DoubleStream.of(observed), DoubleStream.of(means))
                        .toArray()),
                Digits::tick));
    chart.curve(new double[] {x.low(), x.high()}, new double[] {x.low(), x.high()}, "line ideal");
    int step = (observed.length + MOST_DOTS - 1) / MOST_DOTS;
    for (int i = 0; i < observed.length; i += step) {
      PredictedNumber number = measured.numbers().get(i).get(target);
      chart.dot(
          observed[i],
          means[i],
          "dot first",
          "example "
              + i
              + ": observed "
              + Digits.significant(observed[i], DIGITS)
              + ", predicted "
              + Digits.significant(number.mean(), DIGITS)
              + ", 95 % from "
              + Digits.significant(number.low(), DIGITS)
              + " to "
              + Digits.significant(number.high(), DIGITS));
    }
    return Section.figure(
        name,
        chart.svg(),
        Section.keys(
            Section.key("first", step == 1 ? "an example" : "one of " + step + " examples"),
            Section.key("ideal", "equal")));
  }

  private static double[] observed(NumberFindings findings, int target) {
    return findings.collected().answers().stream()
        .mapToDouble(each -> each.get(target).observed())
        .toArray();
  }

  private static Element band(Band band, int target) {
    double[] low = band.along(target, PredictedNumber::low);
    double[] high = band.along(target, PredictedNumber::high);
    double[] mean = band.along(target, PredictedNumber::mean);
    double[] spread = band.along(target, number -> 1.96 * number.epistemicStd());
    double[] observed = band.observed(target);
    double[] all =
        DoubleStream.concat(
                DoubleStream.of(observed),
                DoubleStream.concat(DoubleStream.of(low), DoubleStream.of(high)))
            .toArray();
    Chart chart =
        new Chart(
            band.targetNames().get(target) + " along " + band.feature(),
            new Chart.Axis(band.feature(), Scale.covering(band.axis()), Digits::tick),
            new Chart.Axis(band.targetNames().get(target), Scale.covering(all), Digits::tick));
    chart.band(band.axis(), low, high, "band");
    chart.band(
        band.axis(),
        IntStream.range(0, mean.length).mapToDouble(i -> mean[i] - spread[i]).toArray(),
        IntStream.range(0, mean.length).mapToDouble(i -> mean[i] + spread[i]).toArray(),
        "band");
    int step = (observed.length + MOST_DOTS - 1) / MOST_DOTS;
    for (int i = 0; i < observed.length; i += step) {
      chart.dot(
          band.examples()[i],
          observed[i],
          "dot second",
          "observed " + Digits.significant(observed[i], DIGITS));
    }
    chart.curve(band.axis(), mean, "line first");
    return Section.figure(
        "The band of " + band.targetNames().get(target),
        chart.svg(),
        Section.keys(Section.key("first", "predicted mean"), Section.key("second", "observed")),
        Section.paragraph(
            "The light band is the 95 % interval, the dark one its epistemic part, which grows"
                + " where the network has seen no data."));
  }

  private static Element table(NumberFindings findings) {
    Table table = new Table("target", "RMSE", "mean error", "CRPS", "within 95 %");
    MeasuredNumbers measured = findings.measured();
    for (int k = 0; k < measured.targetNames().size(); k++) {
      int target = k;
      List<ValueAnswer> answers =
          findings.collected().answers().stream().map(each -> each.get(target)).toList();
      double[] errors =
          answers.stream().mapToDouble(a -> a.predicted().mean() - a.observed()).toArray();
      double crps =
          answers.stream()
              .mapToDouble(a -> a.predicted().crps(a.observed()))
              .average()
              .orElseThrow();
      long within =
          IntStream.range(0, answers.size())
              .filter(i -> isWithin(measured.numbers().get(i).get(target), answers.get(i)))
              .count();
      table.row(
          measured.targetNames().get(k),
          Digits.significant(
              Math.sqrt(DoubleStream.of(errors).map(e -> e * e).average().orElseThrow()), DIGITS),
          Digits.significant(DoubleStream.of(errors).average().orElseThrow(), DIGITS),
          Digits.significant(crps, DIGITS),
          Figures.percent((double) within / answers.size()));
    }
    return Element.of("div", "wide").add(table.element("numbers"));
  }

  private static boolean isWithin(PredictedNumber number, ValueAnswer answer) {
    return answer.observed() >= number.low() && answer.observed() <= number.high();
  }
}
