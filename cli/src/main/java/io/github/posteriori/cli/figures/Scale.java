package io.github.posteriori.cli.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers along an axis.
 *
 * @param low where it begins; what is less is put there
 * @param high where it ends, above {@code low}; what is more is put there
 * @param logarithmic whether equal steps are equal factors; {@code low} is then above 0
 */
public record Scale(double low, double high, boolean logarithmic) {
  /** Ratio of values beyond which they would crowd at one end of a linear scale. */
  private static final double CROWDED = 100;

  /** Most that a logarithmic scale spans: beyond, differences are of no interest. */
  private static final double SPAN = 1e6;

  /** Makes a linear scale from 0 to a little above the largest value. */
  public static Scale linear(double largest) {
    return new Scale(0, largest > 0 ? 1.05 * largest : 1, false);
  }

  /** Makes a scale for values of at least 0 that may span many orders of magnitude. */
  public static Scale fitting(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = sorted[sorted.length / 20];
    double high = sorted[sorted.length - 1];
    if (high <= CROWDED * low || high == 0) {
      return linear(high);
    }
    double floor = Math.max(low, high / SPAN);
    return new Scale(
        Math.pow(10, Math.floor(Math.log10(floor))),
        Math.pow(10, Math.ceil(Math.log10(high))),
        true);
  }

  /** Makes a linear scale from a round number below all values to one above. */
  public static Scale covering(double[] values) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    double span = high > low ? high - low : Math.max(1, Math.abs(high));
    double step = roundStep(span / 5);
    double floor = Math.floor(low / step) * step;
    return new Scale(floor, Math.max(floor + step, Math.ceil(high / step) * step), false);
  }

  /** Returns 1, 2, 5 or 10 times a power of ten, at least {@code rough}. */
  private static double roundStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    return power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
  }

  /** Places a value, from 0 at the beginning to 1 at the end. */
  public double position(double value) {
    double inside = Math.min(high, Math.max(low, value));
    return logarithmic
        ? Math.log(inside / low) / Math.log(high / low)
        : (inside - low) / (high - low);
  }

  /** The value at a position, from {@code low} at 0 to {@code high} at 1. */
  public double at(double position) {
    return logarithmic ? low * Math.pow(high / low, position) : low + position * (high - low);
  }

  /** Chooses round numbers from {@code low} to {@code high}, at most about {@code most}. */
  public List<Double> ticks(int most) {
    return logarithmic ? decades(most) : steps(most);
  }

  private List<Double> decades(int most) {
    int first = (int) Math.round(Math.log10(low));
    int last = (int) Math.round(Math.log10(high));
    int step = (last - first + most - 1) / most;
    return IntStream.rangeClosed(0, (last - first) / step)
        .mapToObj(i -> Math.pow(10, first + i * step))
        .toList();
  }

  private List<Double> steps(int most) {
    double step = roundStep((high - low) / most);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; low + i * step <= high * (1 + 1e-9); i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }
}
