package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.ImageUncertainty;
import io.github.posteriori.cli.figures.MeasuredSet;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Section on which classes are taken for which. */
final class ConfusionSection {
  /** Most classes of a readable table of counts. */
  private static final int MOST_COLUMNS = 20;

  private static final int MOST_CONFUSIONS = 10;

  private final int[][] counts;
  private final List<String> names;

  /**
   * Shows a matrix.
   *
   * @param counts examples of each class that were taken for each class, {@code [true][predicted]}
   * @param names what the classes are called
   */
  ConfusionSection(int[][] counts, List<String> names) {
    this.counts = counts;
    this.names = names;
  }

  static Section of(MeasuredSet test) {
    List<String> names = test.dataset().classNames();
    int classes = names.size();
    int[][] counts = new int[classes][classes];
    for (ImageUncertainty image : test.images()) {
      counts[image.label()][image.predicted()]++;
    }
    return new ConfusionSection(counts, names).section();
  }

  Section section() {
    Section section =
        new Section("confusion", "What it takes for what")
            .say(
                "Each row holds the examples of one class, each column those that the network took"
                    + " for it: blue on the diagonal is right, orange beside it is wrong, and the"
                    + " darker the larger its share of the row.");
    section.add(
        Element.of("div", "wide")
            .set("role", "region")
            .set("aria-label", "Confusion matrix")
            .set("tabindex", "0")
            .add(counts.length <= MOST_COLUMNS ? table() : picture()));
    List<String> confusions = confusions();
    return section.say(
        confusions.isEmpty()
            ? "No example was taken for another class than its own."
            : "Most often confused: " + String.join(", ", confusions) + ".");
  }

  private Element table() {
    Element head = Element.of("tr").add(Element.text("th", "is, taken for").set("scope", "col"));
    for (int k = 0; k < counts.length; k++) {
      head.add(Element.text("th", names.get(k)).set("scope", "col"));
    }
    Element body = Element.of("tbody");
    for (int label = 0; label < counts.length; label++) {
      Element row = Element.of("tr").add(Element.text("th", names.get(label)).set("scope", "row"));
      for (int predicted = 0; predicted < counts.length; predicted++) {
        row.add(cell(label, predicted));
      }
      body.add(row);
    }
    return Element.of("table", "confusion").add(Element.of("thead").add(head), body);
  }

  private Element cell(int label, int predicted) {
    int count = counts[label][predicted];
    if (count == 0) {
      return Element.of("td", "none").text("0");
    }
    double share = share(label, predicted);
    double shade = shade(label, predicted);
    String kind = label == predicted ? "right" : "wrong";
    return Element.of("td", shade > 0.6 ? kind + " deep" : kind)
        .set("style", "--shade: " + Element.coordinate(100 * shade) + "%")
        .set(
            "title",
            names.get(label)
                + " taken for "
                + names.get(predicted)
                + ": "
                + Figures.count(count, "example")
                + ", "
                + Figures.percent(share))
        .text(String.valueOf(count));
  }

  private double share(int label, int predicted) {
    int all = 0;
    for (int count : counts[label]) {
      all += count;
    }
    return (double) counts[label][predicted] / all;
  }

  /** Shades a cell by the root of its share, so that rare mistakes are seen. */
  private double shade(int label, int predicted) {
    double share = share(label, predicted);
    return label == predicted ? share : Math.sqrt(share);
  }

  private Element picture() {
    int classes = counts.length;
    BufferedImage pixels = new BufferedImage(classes, classes, BufferedImage.TYPE_INT_RGB);
    for (int label = 0; label < classes; label++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        double shade = counts[label][predicted] == 0 ? 0 : shade(label, predicted);
        int rgb = Palette.mix(0xF4F4F2, label == predicted ? Palette.BLUE : Palette.ORANGE, shade);
        pixels.setRGB(predicted, label, rgb);
      }
    }
    return Png.image(pixels, "Confusion matrix of " + classes + " classes, one pixel a pair")
        .set("class", "matrix");
  }

  private List<String> confusions() {
    record Confusion(int label, int predicted, int count) {}
    List<Confusion> all = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        if (label != predicted && counts[label][predicted] > 0) {
          all.add(new Confusion(label, predicted, counts[label][predicted]));
        }
      }
    }
    return all.stream()
        .sorted(Comparator.comparingInt(Confusion::count).reversed())
        .limit(counts.length <= MOST_COLUMNS ? 3 : MOST_CONFUSIONS)
        .map(
            c -> names.get(c.label) + " taken for " + names.get(c.predicted) + " (" + c.count + ")")
        .toList();
  }
}
