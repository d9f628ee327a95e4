package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.ImageUncertainty;
import io.github.posteriori.cli.figures.MeasuredSet;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Section on whether the network notices examples from outside what it learned. */
final class OutsideSection {
  private final MeasuredSet inside;
  private final MeasuredSet outside;

  private OutsideSection(MeasuredSet inside, MeasuredSet outside) {
    this.inside = inside;
    this.outside = outside;
  }

  static Section of(ClassFindings findings, boolean samples) {
    Section section = new Section("outside", "Does it notice what it has never seen?");
    if (findings.outside().isEmpty()) {
      return section.say(
          findings.outsideName().isEmpty()
              ? "Not measured: add --ood and a set of other things, a folder or a file like that of"
                  + " the run."
              : "Not measured: the examples from outside, "
                  + findings.outsideName()
                  + ", are not in the data folder.");
    }
    return new OutsideSection(findings.measured(), findings.outside().get())
        .section(section, samples);
  }

  private Section section(Section section, boolean samples) {
    section.say(
        "The network has learned from examples like those of "
            + inside.dataset().name()
            + " and is shown those of "
            + outside.dataset().name()
            + " as well, for which it has no right answer. It should be more uncertain of them."
            + " AUROC is the probability that a random example from outside is more uncertain than"
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
    return new HistogramPair(inside.dataset().name(), outside.dataset().name(), "examples", "nats")
        .figure(
            heading,
            values(inside.images(), uncertainty),
            values(outside.images(), uncertainty),
            explanation);
  }

  private static double[] values(
      List<ImageUncertainty> images, ToDoubleFunction<ImageUncertainty> uncertainty) {
    return images.stream().mapToDouble(uncertainty).toArray();
  }
}
