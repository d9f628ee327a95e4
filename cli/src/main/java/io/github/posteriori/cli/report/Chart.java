package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.Numerals;
import io.github.posteriori.cli.figures.Scale;
import java.util.function.DoubleFunction;

/** A picture in SVG with two axes. What is drawn into it gets its colours from the style sheet. */
final class Chart {
  private static final int WIDTH = 380;
  private static final int LEFT = 46;
  private static final int RIGHT = 24;
  private static final int TOP = 28;
  private static final int BOTTOM = 40;

  private final int height;
  private final Element svg;
  private final Axis x;
  private final Axis y;

  /**
   * An axis.
   *
   * @param title what it measures
   * @param scale its numbers
   * @param numeral how they are written
   */
  record Axis(String title, Scale scale, DoubleFunction<String> numeral) {
    Axis(String title, Scale scale) {
      this(title, scale, scale.logarithmic() ? Numerals::decade : Numerals::of);
    }

    /** Makes an axis from 0 or {@code low} to 1, in percent. */
    static Axis shares(String title, double low, double high) {
      return new Axis(title, new Scale(low, high, false), share -> Numerals.of(100 * share) + " %");
    }
  }

  /**
   * Makes an empty chart.
   *
   * @param summary what it shows, for those who cannot see it
   */
  Chart(String summary, Axis x, Axis y) {
    this(summary, x, y, 240);
  }

  Chart(String summary, Axis x, Axis y, int height) {
    this.x = x;
    this.y = y;
    this.height = height;
    this.svg =
        Element.of("svg", "chart")
            .set("viewBox", "0 0 " + WIDTH + " " + height)
            .set("role", "img")
            .set("aria-label", summary);
    grid();
  }

  private void grid() {
    for (double tick : y.scale().ticks(height < 200 ? 2 : 5)) {
      svg.add(line(LEFT, y(tick), WIDTH - RIGHT, y(tick), "grid"));
      svg.add(label(LEFT - 7, y(tick) + 4, y.numeral().apply(tick), "tick end"));
    }
    for (double tick : x.scale().ticks(5)) {
      svg.add(line(x(tick), height - BOTTOM, x(tick), height - BOTTOM + 4, "axis"));
      svg.add(label(x(tick), height - BOTTOM + 17, x.numeral().apply(tick), "tick middle"));
    }
    svg.add(line(LEFT, height - BOTTOM, WIDTH - RIGHT, height - BOTTOM, "axis"));
    svg.add(label(4, 14, y.title(), "title"));
    svg.add(label((LEFT + WIDTH - RIGHT) / 2.0, height - 6, x.title(), "title middle"));
  }

  /** Draws a line from point to point. */
  Chart curve(double[] xs, double[] ys, String cssClass) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      points.append(i == 0 ? "" : " ").append(Element.coordinate(x(xs[i]))).append(',');
      points.append(Element.coordinate(y(ys[i])));
    }
    svg.add(Element.of("polyline", cssClass).set("points", points.toString()));
    return this;
  }

  /** Draws an area between two lines. */
  Chart band(double[] xs, double[] low, double[] high, String cssClass) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < 2 * xs.length; i++) {
      int at = i < xs.length ? i : 2 * xs.length - 1 - i;
      points.append(i == 0 ? "" : " ").append(Element.coordinate(x(xs[at]))).append(',');
      points.append(Element.coordinate(y(i < xs.length ? low[at] : high[at])));
    }
    svg.add(Element.of("polygon", cssClass).set("points", points.toString()));
    return this;
  }

  /** Draws a dot with a tip. */
  Chart dot(double atX, double atY, String cssClass, String tip) {
    Element dot = Element.of("circle", cssClass).set("cx", x(atX)).set("cy", y(atY)).set("r", 2.6);
    svg.add(dot.add(Element.text("title", tip)));
    return this;
  }

  /** Draws a bar that stands on the axis, with a tip. */
  Chart bar(double from, double to, double high, String cssClass, String tip) {
    double left = x(from);
    Element bar =
        Element.of("rect", cssClass)
            .set("x", left)
            .set("y", y(high))
            .set("width", Math.max(0, x(to) - left))
            .set("height", Math.max(0, height - BOTTOM - y(high)));
    svg.add(bar.add(Element.text("title", tip)));
    return this;
  }

  /** Draws the outline of neighbouring bars of equal width, filled. */
  Chart outline(double[] bars, String cssClass) {
    StringBuilder path = new StringBuilder("M" + LEFT + " " + (height - BOTTOM));
    for (int i = 0; i < bars.length; i++) {
      path.append('V').append(Element.coordinate(y(bars[i])));
      path.append('H').append(Element.coordinate(across((i + 1.0) / bars.length)));
    }
    svg.add(Element.of("path", cssClass).set("d", path.append('V').append(height - BOTTOM) + "Z"));
    return this;
  }

  /**
   * Draws an invisible column over the whole height, for a tip; from and to are shares of the
   * width.
   */
  Chart column(double from, double to, String tip) {
    Element column =
        Element.of("rect", "column")
            .set("x", across(from))
            .set("y", TOP)
            .set("width", across(to) - across(from))
            .set("height", height - BOTTOM - TOP);
    svg.add(column.add(Element.text("title", tip)));
    return this;
  }

  Element svg() {
    return svg;
  }

  private double x(double value) {
    return across(x.scale().position(value));
  }

  private static double across(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return height - BOTTOM - y.scale().position(value) * (height - BOTTOM - TOP);
  }

  private static Element line(double x1, double y1, double x2, double y2, String cssClass) {
    return Element.of("line", cssClass).set("x1", x1).set("y1", y1).set("x2", x2).set("y2", y2);
  }

  private static Element label(double x, double y, String text, String cssClass) {
    return Element.of("text", cssClass).set("x", x).set("y", y).text(text);
  }

  /**
   * Counts a histogram: the share of {@code values} in each of {@code bins} equal parts of an axis.
   */
  static double[] shares(double[] values, Scale axis, int bins) {
    double[] shares = new double[bins];
    for (double value : values) {
      shares[Math.min((int) (axis.position(value) * bins), bins - 1)] += 1.0 / values.length;
    }
    return shares;
  }
}
