package io.github.posteriori.data;

import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;
import java.util.List;

/** Writes a character on a square of bytes, with random variation. */
final class Handwriting {
  /** The displacement of control points, as a share of the character's height. */
  private static final double JITTER = 0.022;

  /** The least distance of a stroke's centre line from the edge of the image, in pixels. */
  private static final double MARGIN = 2;

  /** The largest displacement of a character from the centre, in pixels. */
  private static final double SHIFT = 2.6;

  private static final double SPECK_PROBABILITY = 0.3;

  private Handwriting() {}

  /** Writes {@code side * side} bytes, 0 for paper to 255 for ink, from {@code offset} on. */
  static void write(Glyph glyph, KeyedRandom random, byte[] target, int offset, int side) {
    Glyph moved = glyph.jittered(JITTER, random);
    List<Curve> strokes = moved.strokes().stream().map(s -> Curve.through(moved, s)).toList();
    Canvas canvas = new Canvas(side);
    place(Warp.random(random).apply(strokes), canvas, side, random);
    if (random.chance(SPECK_PROBABILITY)) {
      speck(canvas, side, random);
    }
    develop(canvas, random, target, offset, side);
  }

  /** Draws the character near the centre, where all of it fits. */
  private static void place(List<Curve> strokes, Canvas canvas, int side, KeyedRandom random) {
    double dx = place(strokes.stream().map(Curve::xs).toList(), side, random);
    double dy = place(strokes.stream().map(Curve::ys).toList(), side, random);
    canvas.draw(strokes, dx, dy, random.uniform(0.7, 1.7));
  }

  private static double place(List<double[]> positions, int side, KeyedRandom random) {
    double least = positions.stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
    double most = positions.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
    double room = (side - (most - least)) / 2 - MARGIN;
    double shift = Math.max(0, Math.min(SHIFT, room));
    return (side - least - most) / 2 + shift * random.uniform(-1, 1);
  }

  private static void speck(Canvas canvas, int side, KeyedRandom random) {
    double x = random.uniform(0, side);
    double y = random.uniform(0, side);
    canvas.segment(
        x, y, x + random.uniform(-2, 2), y + random.uniform(-2, 2), random.uniform(0.1, 0.7));
  }

  /** Converts ink to grey with random contrast, softness at the edges and noise. */
  private static void develop(
      Canvas canvas, KeyedRandom random, byte[] target, int offset, int side) {
    double softness = random.uniform(0.8, 2);
    double paper = 40 * random.uniform();
    double ink = random.uniform(150, 255);
    double noise = random.uniform(2, 22);
    for (int at = 0; at < side * side; at++) {
      double grey = paper + (ink - paper) * canvas.ink(at, softness) + noise * random.bell();
      target[offset + at] = (byte) Math.round(Math.min(255, Math.max(0, grey)));
    }
  }
}
