package io.github.posteriori.data;

/**
 * A stroke as a polyline of many short segments.
 *
 * @param xs the abscissas of its vertices, at least two
 * @param ys their ordinates
 */
record Curve(double[] xs, double[] ys) {
  private static final int SEGMENTS_PER_SPAN = 8;

  /** Computes the Catmull-Rom spline through the points of one stroke of a glyph. */
  static Curve through(Glyph glyph, int[] stroke) {
    return new Curve(spline(glyph.xs(), stroke), spline(glyph.ys(), stroke));
  }

  private static double[] spline(double[] values, int[] stroke) {
    int spans = stroke.length - 1;
    boolean closed = stroke[0] == stroke[spans];
    double[] line = new double[spans * SEGMENTS_PER_SPAN + 1];
    for (int span = 0; span < spans; span++) {
      double from = values[stroke[span]];
      double to = values[stroke[span + 1]];
      // An open end continues straight, as if mirrored.
      double before =
          span > 0 ? values[stroke[span - 1]] : closed ? values[stroke[spans - 1]] : 2 * from - to;
      double after =
          span < spans - 1 ? values[stroke[span + 2]] : closed ? values[stroke[1]] : 2 * to - from;
      double slope = to - before;
      double bend = 2 * before - 5 * from + 4 * to - after;
      double twist = 3 * (from - to) + after - before;
      for (int i = 0; i <= SEGMENTS_PER_SPAN; i++) {
        double t = (double) i / SEGMENTS_PER_SPAN;
        line[span * SEGMENTS_PER_SPAN + i] = from + t / 2 * (slope + t * (bend + t * twist));
      }
    }
    return line;
  }
}
