package io.github.posteriori.examples.uncertainty;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Both uncertainties of one image as bars, class by class.
 *
 * @param title of the plot
 * @param dataset whose classes these are
 * @param values one pair of bars a class
 * @param hue of the image's set
 * @param y shared with the plots that this one is compared with
 */
record ClassBars(String title, String dataset, Decomposition values, Ink.Hue hue, Scale y) {
  /** Of more classes only the most uncertain are shown. */
  private static final int MOST = 12;

  private static final int SHOWN = 10;

  void draw(Graphics2D graphics, Rectangle bounds) {
    Rectangle area =
        new Rectangle(bounds.x + 52, bounds.y + 34, bounds.width - 56, bounds.height - 64);
    List<Integer> classes = classes();
    String part =
        classes.size() < values.epistemic().length
            ? "  (" + SHOWN + " of " + values.epistemic().length + " classes)"
            : "";
    new Words(graphics, area.x, bounds.y + 16)
        .write(Ink.LABEL, Ink.TEXT, title + "   ")
        .square(hue.dark())
        .write(Ink.BODY, Ink.TEXT, "epistemic " + Numerals.of(values.totalEpistemic()) + "   ")
        .square(hue.light())
        .write(Ink.BODY, Ink.TEXT, "aleatoric " + Numerals.of(values.totalAleatoric()))
        .write(Ink.BODY, Ink.QUIET, part);
    Plot plot = new Plot(graphics, area, y);
    plot.axis(Numerals::of);
    plot.categories(classes.stream().map(k -> ClassNames.name(dataset, k)).toList());
    double slot = (double) area.width / classes.size();
    for (int i = 0; i < classes.size(); i++) {
      double left = area.x + (i + 0.14) * slot;
      int k = classes.get(i);
      graphics.setColor(hue.dark());
      graphics.fill(bar(plot, left, 0.35 * slot, values.epistemic()[k]));
      graphics.setColor(hue.light());
      graphics.fill(bar(plot, left + 0.37 * slot, 0.35 * slot, values.aleatoric()[k]));
    }
  }

  private static Rectangle2D bar(Plot plot, double left, double width, double value) {
    double top = plot.y(value);
    return new Rectangle2D.Double(left, top, width, plot.base() - top);
  }

  private List<Integer> classes() {
    List<Integer> all = IntStream.range(0, values.epistemic().length).boxed().toList();
    if (all.size() <= MOST) {
      return all;
    }
    Comparator<Integer> variance =
        Comparator.comparingDouble(k -> values.epistemic()[k] + values.aleatoric()[k]);
    return all.stream().sorted(variance.reversed()).limit(SHOWN).sorted().toList();
  }
}
