package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.ImageUncertainty;
import io.github.posteriori.cli.figures.MeasuredSet;
import io.github.posteriori.cli.figures.Numerals;
import io.github.posteriori.cli.figures.Scale;
import io.github.posteriori.uncertainty.Auroc;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Section on whether the network notices images from outside what it learned. */
final class OutsideSection {
  private static final int BINS = 30;

  private final MeasuredSet inside;
  private final MeasuredSet outside;

  private OutsideSection(MeasuredSet inside, MeasuredSet outside) {
    this.inside = inside;
    this.outside = outside;
  }

  static Section of(RunReport report) {
    Section section = new Section("outside", "Does it notice what it has never seen?");
    if (report.outside().isEmpty()) {
      return section.say(
          report.outsideName().isEmpty()
              ? "Not measured: add --ood and a set of other things, a folder or a file like that of"
                  + " the run."
              : "Not measured: the images from outside, "
                  + report.outsideName()
                  + ", are not in the data folder.");
    }
    return new OutsideSection(report.test(), report.outside().get())
        .section(section, report.samplesPosterior());
  }

  private Section section(Section section, boolean samples) {
    section.say(
        "The network has learned from images like those of "
            + inside.dataset().name()
            + " and is shown those of "
            + outside.dataset().name()
            + " as well, for which it has no right answer. It should be more uncertain of them."
            + " AUROC is the probability that a random image from outside is more uncertain than"
            + " one from inside: 1 is perfect, 0.5 is chance.");
    Element entropy =
        histogram(
            "Predictive entropy",
            ImageUncertainty::entropy,
            "All the uncertainty of a prediction, of either cause.");
    if (!samples) {
      return section
          .figures(entropy)
          .say(
              "There is no mutual information to show: these weights are plain numbers, so that all"
                  + " passes through the network agree.");
    }
    return section.figures(
        entropy,
        histogram(
            "Mutual information",
            ImageUncertainty::mutualInformation,
            "The epistemic part: how far posterior samples disagree, which more data would mend."));
  }

  private Element histogram(
      String heading, ToDoubleFunction<ImageUncertainty> uncertainty, String explanation) {
    double[] in = values(inside.images(), uncertainty);
    double[] out = values(outside.images(), uncertainty);
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
            heading + " of " + inside.dataset().name() + " and " + outside.dataset().name(),
            new Chart.Axis("nats" + (x.logarithmic() ? ", log scale" : ""), x),
            new Chart.Axis(
                "share of images", Scale.linear(most), share -> Numerals.of(100 * share) + " %"));
    chart.outline(sharesIn, "area first").outline(sharesOut, "area second");
    for (int bin = 0; bin < BINS; bin++) {
      chart.column(
          (double) bin / BINS,
          (bin + 1.0) / BINS,
          Numerals.of(x.at((double) bin / BINS))
              + " to "
              + Numerals.of(x.at((bin + 1.0) / BINS))
              + " nats: "
              + Figures.percent(sharesIn[bin])
              + " inside, "
              + Figures.percent(sharesOut[bin])
              + " outside");
    }
    return Section.figure(
        heading,
        chart.svg(),
        Section.keys(
            Section.key("first", inside.dataset().name() + ", mean " + mean(in)),
            Section.key("second", outside.dataset().name() + ", mean " + mean(out))),
        Section.paragraph(explanation + " AUROC " + Figures.decimals(auroc, 4) + "."));
  }

  private static double[] values(
      List<ImageUncertainty> images, ToDoubleFunction<ImageUncertainty> uncertainty) {
    return images.stream().mapToDouble(uncertainty).toArray();
  }

  private static String mean(double[] values) {
    return Numerals.of(DoubleStream.of(values).average().orElseThrow());
  }
}
