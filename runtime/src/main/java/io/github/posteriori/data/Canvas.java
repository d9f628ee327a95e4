package io.github.posteriori.data;

import java.util.Arrays;
import java.util.List;

/** A square of pixels that keeps the distance of each pixel's centre from the nearest ink. */
final class Canvas {
  /** The distance from the ink, in pixels, beyond which the paper is blank. */
  private static final double REACH = 2;

  private final int side;
  private final double[] distance;

  Canvas(int side) {
    this.side = side;
    this.distance = new double[side * side];
    Arrays.fill(distance, REACH);
  }

  /** Draws curves moved by ({@code dx}, {@code dy}), {@code radius} pixels to either side. */
  void draw(List<Curve> curves, double dx, double dy, double radius) {
    for (Curve curve : curves) {
      for (int i = 1; i < curve.xs().length; i++) {
        segment(
            curve.xs()[i - 1] + dx,
            curve.ys()[i - 1] + dy,
            curve.xs()[i] + dx,
            curve.ys()[i] + dy,
            radius);
      }
    }
  }

  /** Draws one straight line with round ends. */
  void segment(double fromX, double fromY, double toX, double toY, double radius) {
    double alongX = toX - fromX;
    double alongY = toY - fromY;
    double square = Math.max(alongX * alongX + alongY * alongY, 1e-12);
    int left = pixel(Math.min(fromX, toX) - radius - REACH);
    int right = pixel(Math.max(fromX, toX) + radius + REACH);
    int top = pixel(Math.min(fromY, toY) - radius - REACH);
    int bottom = pixel(Math.max(fromY, toY) + radius + REACH);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double px = x + 0.5 - fromX;
        double py = y + 0.5 - fromY;
        double t = Math.min(1, Math.max(0, (px * alongX + py * alongY) / square));
        double ox = px - t * alongX;
        double oy = py - t * alongY;
        double d = Math.sqrt(ox * ox + oy * oy) - radius;
        int at = y * side + x;
        distance[at] = Math.min(distance[at], d);
      }
    }
  }

  /** Returns the ink of a pixel, from 0 to 1, with edges that fade over {@code softness} pixels. */
  double ink(int at, double softness) {
    return Math.min(1, Math.max(0, 0.5 - distance[at] / softness));
  }

  private int pixel(double position) {
    return (int) Math.min(side - 1, Math.max(0, Math.floor(position)));
  }
}
