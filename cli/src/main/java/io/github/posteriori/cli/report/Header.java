package io.github.posteriori.cli.report;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.cli.net.Definition;
import io.github.posteriori.cli.net.Kind;
import io.github.posteriori.cli.run.RunConfig;
import io.github.posteriori.uncertainty.Auroc;
import io.github.posteriori.uncertainty.Metrics;
import java.util.List;

/** The top of the page: what was trained, and the figures that matter most. */
record Header(RunReport report) {

  String title() {
    RunConfig config = report.run().config();
    return definition() + " on " + config.dataset();
  }

  private String definition() {
    String definition = report.module().definition();
    return definition.substring(definition.lastIndexOf('.') + 1);
  }

  Element element(List<Section> sections) {
    Element links = Element.of("ul");
    for (Section section : sections) {
      links.add(
          Element.of("li").add(Element.text("a", section.title()).set("href", "#" + section.id())));
    }
    return Element.of("header")
        .add(
            Element.text("p", "Posteriori, report of a training run").set("class", "kicker"),
            Element.text("h1", title()),
            Element.of("p", "lead").text(summary()),
            tiles(),
            Element.of("nav").set("aria-label", "Sections").add(links));
  }

  private String summary() {
    RunConfig config = report.run().config();
    int epochs = report.run().epochs().size();
    return (Kind.named(config.kind()) == Kind.BAYESIAN
            ? "A Bayesian network, "
            : "A network with ordinary weights, ")
        + inference(config.estimator().orElseGet(() -> Definition.estimatorOf(report.module())))
        + ", trained for "
        + Figures.count(epochs, "epoch")
        + " with seed "
        + config.seed()
        + ". Measured on "
        + Figures.count(report.test().images().size(), "test image")
        + " of "
        + report.test().dataset().name()
        + (report.samplesPosterior()
            ? ", probabilities averaged over " + Figures.count(report.samples(), "posterior sample")
            : "")
        + ".";
  }

  private static String inference(Estimator estimator) {
    return switch (estimator) {
      case LRT -> "estimated by local reparametrisation (LRT)";
      case BBB -> "estimated by Bayes by Backprop (BBB)";
      case POINT -> "a point estimate";
    };
  }

  private Element tiles() {
    Metrics metrics = report.test().collect().metrics();
    return Element.of("dl", "tiles")
        .add(
            tile("Accuracy", Figures.percent(metrics.accuracy()), "answers that are right"),
            tile("NLL", Figures.decimals(metrics.nll(), 4), "surprise, nats; lower is better"),
            tile("Brier", Figures.decimals(metrics.brier(), 4), "squared error; lower is better"),
            tile("ECE", Figures.decimals(metrics.ece(), 4), "confidence less accuracy; 0 is best"),
            tile("AUROC", auroc(), "tells " + outsideName() + " apart; 1 is best"));
  }

  private String outsideName() {
    return report.outsideName().isEmpty() ? "other things" : report.outsideName();
  }

  private String auroc() {
    return report
        .outside()
        .map(outside -> Auroc.of(report.test().entropies(), outside.entropies()))
        .map(auroc -> Figures.decimals(auroc, 4))
        .orElse("–");
  }

  private static Element tile(String name, String value, String meaning) {
    return Element.of("div")
        .add(
            Element.text("dt", name),
            Element.of("dd", "value").text(value),
            Element.of("dd", "meaning").text(meaning));
  }
}
