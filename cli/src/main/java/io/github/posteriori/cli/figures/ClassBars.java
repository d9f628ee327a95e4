package io.github.posteriori.cli.figures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bar chart of one kind of uncertainty of one image, a bar for each class.
 *
 * @param names of the classes
 * @param values by class
 * @param color of the image's set
 * @param y shared with the bars that these are compared with
 */
record ClassBars(List<String> names, double[] values, Color color, Scale y) {
  /** Most bars: of more classes only the largest are shown. */
  private static final int MOST = 10;

  void draw(Graphics2D graphics, Rectangle area) {
    List<Integer> classes = classes();
    Plot plot = new Plot(graphics, area, y);
    plot.axis(Numerals::of);
    plot.categories(classes.stream().map(names::get).map(Words::shortened).toList());
    boolean all = classes.size() == values.length;
    new Words(graphics, area.x, area.y - 8)
        .write(Ink.BODY, Ink.QUIET, all ? "sum over classes " : "sum ")
        .write(Ink.LABEL, color, Numerals.of(Arrays.stream(values).sum()))
        .write(Ink.BODY, Ink.QUIET, all ? "" : ", largest " + MOST + " of " + values.length);
    graphics.setColor(color);
    double slot = (double) area.width / classes.size();
    for (int i = 0; i < classes.size(); i++) {
      double top = plot.y(values[classes.get(i)]);
      graphics.fill(
          new Rectangle2D.Double(area.x + (i + 0.15) * slot, top, 0.7 * slot, plot.base() - top));
    }
  }

  private List<Integer> classes() {
    Comparator<Integer> smallestFirst = Comparator.comparingDouble(k -> values[k]);
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(smallestFirst.reversed())
        .limit(MOST)
        .sorted()
        .toList();
  }
}
