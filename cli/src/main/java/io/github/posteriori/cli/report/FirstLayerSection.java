package io.github.posteriori.cli.report;

import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.figures.Numerals;
import io.github.posteriori.cli.figures.Scale;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Weight;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Section on what the first layer has learned to look for, and how sure it is of each weight. */
final class FirstLayerSection {
  private static final int BINS = 30;

  private final AffineLayer layer;
  private final double[] means;

  /** Standard deviations, empty where weights are plain numbers. */
  private final Optional<double[]> deviations;

  private FirstLayerSection(AffineLayer layer) {
    this.layer = layer;
    Weight weight = layer.weight();
    this.means = weight.parameters().get(0).numbers();
    this.deviations =
        layer.sampledPosteriors().filter(weight::equals).findFirst().map(Posterior::sigmas);
  }

  static Section of(BayesModule module) {
    AffineLayer first =
        module.network().layers().stream()
            .filter(AffineLayer.class::isInstance)
            .map(AffineLayer.class::cast)
            .findFirst()
            .orElseThrow();
    return new FirstLayerSection(first)
        .section(module.inputShape() instanceof Shape.Image ? "image" : "row");
  }

  private Section section(String example) {
    Section section = new Section("weights", "Inside: the first layer");
    section.say(
        deviations.isPresent()
            ? "The first layer, "
                + layer.name()
                + ", looks at the "
                + example
                + " itself. Each of its weights is not a number but a bell"
                + " curve with a mean and a width, the posterior; mean over width is how sure the"
                + " network is that the weight is not 0."
            : "The first layer, "
                + layer.name()
                + ", looks at the "
                + example
                + " itself. Its weights are plain numbers"
                + (layer.weight() instanceof Posterior
                    ? ", the means of their posteriors (a point estimate)"
                    : "")
                + ": there is no distribution whose width could be shown.");
    if (layer instanceof ConvLayer conv) {
      FilterPictures pictures = FilterPictures.of(conv.weight().shape());
      section.add(meanPictures(pictures));
      deviations.ifPresent(sigma -> section.add(ratioPictures(pictures, ratios(sigma))));
    }
    return deviations.isPresent()
        ? section.figures(
            histogram(
                "Signal-to-noise ratio",
                "mean over width, |μ| / σ",
                ratios(deviations.get()),
                "Weights far to the left could be set to 0 and hardly be missed."),
            histogram(
                "Widths",
                "standard deviation, σ",
                deviations.get(),
                "How far each weight may be from its mean."))
        : section.figures(
            histogram(
                "Sizes of the weights",
                "absolute value",
                DoubleStream.of(means).map(Math::abs).toArray(),
                "How strongly the weights act, regardless of sign."));
  }

  private Element meanPictures(FilterPictures pictures) {
    double largest = DoubleStream.of(means).map(Math::abs).max().orElseThrow();
    String limit = Numerals.of(largest);
    Element legend =
        pictures.coloured()
            ? Section.paragraph(
                "A filter for each picture, red, green and blue weights as red, green and blue;"
                    + " grey is 0.")
            : Section.paragraph(
                "A filter for each picture: a patch that looks like it excites it.");
    return Section.figure(
        deviations.isPresent() ? "Means of the filters" : "Filters",
        pictures.signed(means, largest),
        pictures.coloured()
            ? legend
            : legend.text(" From −" + limit + " ").add(ramp("signed")).text(" to " + limit + "."));
  }

  private static Element ratioPictures(FilterPictures pictures, double[] ratios) {
    double[] sorted = DoubleStream.of(ratios).sorted().toArray();
    double high = Math.max(1, sorted[(int) (0.98 * (sorted.length - 1))]);
    return Section.figure(
        "Signal-to-noise ratio of the filters",
        pictures.amounts(ratios, high),
        Section.paragraph("How sure the network is of each weight: |μ| / σ from 0 ")
            .add(ramp("amount"))
            .text(" to " + Numerals.of(high) + " and more."));
  }

  private static Element ramp(String cssClass) {
    return Element.of("span", "ramp " + cssClass);
  }

  private static Element histogram(
      String heading, String title, double[] values, String explanation) {
    Scale x = Scale.fitting(values);
    double[] shares = Chart.shares(values, x, BINS);
    Chart chart =
        new Chart(
            heading + " of the first layer's weights",
            new Chart.Axis(title + (x.logarithmic() ? ", log scale" : ""), x),
            new Chart.Axis(
                "share of weights",
                Scale.linear(DoubleStream.of(shares).max().orElseThrow()),
                share -> Numerals.of(100 * share) + " %"));
    chart.outline(shares, "area first");
    for (int bin = 0; bin < BINS; bin++) {
      chart.column(
          (double) bin / BINS,
          (bin + 1.0) / BINS,
          Numerals.of(x.at((double) bin / BINS))
              + " to "
              + Numerals.of(x.at((bin + 1.0) / BINS))
              + ": "
              + Figures.percent(shares[bin]));
    }
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    return Section.figure(
        heading,
        chart.svg(),
        Section.paragraph(
            explanation
                + " Of "
                + Figures.count(values.length, "weight")
                + ", the median is "
                + Numerals.of(sorted[sorted.length / 2])
                + "."));
  }

  private double[] ratios(double[] sigma) {
    double[] ratios = new double[means.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Math.abs(means[i]) / sigma[i];
    }
    return ratios;
  }
}
