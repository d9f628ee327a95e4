package io.github.posteriori.data;

import io.github.posteriori.noise.KeyedRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A way of writing a character: control points in the unit square (x to the right, y down) and
 * strokes, each a smooth curve through some of them.
 *
 * <p>Strokes that meet share a point, so they still meet when the points are moved. Corners are
 * points where strokes meet.
 *
 * @param xs the points' abscissas
 * @param ys the points' ordinates
 * @param strokes the points of each stroke; one that ends where it began is closed
 */
record Glyph(double[] xs, double[] ys, List<int[]> strokes) {

  /** Reads "x y x y x y / x y x y": strokes between slashes, coordinates in hundredths. */
  static Glyph parse(String text) {
    Map<String, Integer> points = new LinkedHashMap<>();
    List<int[]> strokes = new ArrayList<>();
    for (String stroke : text.split("/")) {
      String[] numbers = stroke.strip().split("\\s+");
      int[] indices = new int[numbers.length / 2];
      for (int i = 0; i < indices.length; i++) {
        String point = numbers[2 * i] + " " + numbers[2 * i + 1];
        points.putIfAbsent(point, points.size());
        indices[i] = points.get(point);
      }
      strokes.add(indices);
    }
    double[] xs = new double[points.size()];
    double[] ys = new double[points.size()];
    points.forEach(
        (point, index) -> {
          String[] pair = point.split(" ");
          xs[index] = Integer.parseInt(pair[0]) / 100.0;
          ys[index] = Integer.parseInt(pair[1]) / 100.0;
        });
    return new Glyph(xs, ys, List.copyOf(strokes));
  }

  /** Returns the same strokes with points displaced by about {@code amount}. */
  Glyph jittered(double amount, KeyedRandom random) {
    double[] movedX = xs.clone();
    double[] movedY = ys.clone();
    for (int i = 0; i < xs.length; i++) {
      movedX[i] += amount * random.bell();
      movedY[i] += amount * random.bell();
    }
    return new Glyph(movedX, movedY, strokes);
  }
}
