package io.github.posteriori.cli.report;

import io.github.posteriori.Predictor;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.cli.run.RunConfig;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
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
        + Figures.count(report.findings().test().size(), "test " + report.findings().example())
        + " of "
        + report.findings().test().name()
        + (report.samplesPosterior()
            ? (report.predictsClasses() ? ", probabilities averaged over " : ", predicted by ")
                + averaged()
            : "")
        + ".";
  }

  private String averaged() {
    Predictor predictor = report.module().predictor();
    return predictor == Predictor.posterior()
        ? Figures.count(report.samples(), "posterior sample")
        : Figures.count(report.samples(), "draw") + " by " + predictor.method();
  }

  private static String inference(Estimator estimator) {
    return switch (estimator) {
      case LRT -> "estimated by local reparametrisation (LRT)";
      case BBB -> "estimated by Bayes by Backprop (BBB)";
      case POINT -> "a point estimate";
    };
  }

  private Element tiles() {
    Element tiles = Element.of("dl", "tiles");
    report.findings().tiles().forEach(tile -> tiles.add(element(tile)));
    return tiles;
  }

  private static Element element(Findings.Tile tile) {
    return Element.of("div")
        .add(
            Element.text("dt", tile.name()),
            Element.of("dd", "value").text(tile.value()),
            Element.of("dd", "meaning").text(tile.meaning()));
  }
}
