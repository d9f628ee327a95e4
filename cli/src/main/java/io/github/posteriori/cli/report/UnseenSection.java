package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.MeasuredNumbers;

/** Section on whether a network that predicts numbers notices what it has never seen. */
final class UnseenSection {
  private UnseenSection() {}

  static Section of(NumberFindings findings) {
    Section section = new Section("outside", "Does it notice what it has never seen?");
    if (findings.outside().isEmpty()) {
      return section.say(
          "Not measured: add --ood and a set of other things, a file like that of the run.");
    }
    MeasuredNumbers inside = findings.measured();
    MeasuredNumbers outside = findings.outside().get();
    HistogramPair pair =
        new HistogramPair(
            inside.dataset().name(), outside.dataset().name(), "examples", "std of the target");
    return section
        .say(
            "The network has learned from "
                + inside.dataset().name()
                + " and is asked about "
                + outside.dataset().name()
                + " as well. What it does not know should show in the epistemic uncertainty. AUROC"
                + " is the probability that a random example from outside is more uncertain than"
                + " one from inside: 1 is perfect, 0.5 is chance.")
        .figures(
            pair.figure(
                "Epistemic uncertainty",
                inside.epistemic(),
                outside.epistemic(),
                "How far posterior samples disagree, which more data would mend."),
            pair.figure(
                "Aleatoric uncertainty",
                inside.aleatoric(),
                outside.aleatoric(),
                "The noise that the network expects in the target."));
  }
}
