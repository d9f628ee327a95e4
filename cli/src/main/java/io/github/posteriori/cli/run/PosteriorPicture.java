package io.github.posteriori.cli.run;

import io.github.posteriori.train.Distribution;
import io.github.posteriori.train.PosteriorSummary;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Picture of how the posteriors of recorded layers moved, a row for each layer: the densities of
 * their means and of their standard deviations from epoch to epoch against the prior, and single
 * weights. Biases are few; they are in the tables only.
 */
final class PosteriorPicture {
  private static final int CURVES = 5;
  private static final int POINTS = 240;

  /**
   * Points of the prior's curve: few enough that each step is longer than a dash, which starts anew
   * at each point.
   */
  private static final int PRIOR_POINTS = 36;

  private static final int SINGLES = 5;
  private static final Color PRIOR = new Color(0x555555);
  private static final BasicStroke PRIOR_LINE =
      new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0);
  private static final Color[] EARLY_TO_LATE = {
    new Color(0xF2B950), new Color(0xD1495B), new Color(0x3B1C54)
  };
  private static final Color[] WEIGHTS = {
    new Color(0x1B6CA8),
    new Color(0xE07A1F),
    new Color(0x4A8C5C),
    new Color(0x8E4585),
    new Color(0x8C6D46)
  };

  private PosteriorPicture() {}

  static ChartSheet of(List<PosteriorSummary> summaries) {
    Map<String, List<PosteriorSummary>> layers =
        summaries.stream()
            .filter(summary -> summary.tensor().equals("W"))
            .collect(
                Collectors.groupingBy(
                    PosteriorSummary::layer, LinkedHashMap::new, Collectors.toList()));
    return new ChartSheet(
        layers.values().stream()
            .map(epochs -> List.of(means(epochs), deviations(epochs), singles(epochs)))
            .toList());
  }

  private static XYChart means(List<PosteriorSummary> epochs) {
    XYChart chart = densities(epochs.get(0).layer() + ": means", "mu");
    double priorMu = epochs.get(0).prior().mu();
    double priorSigma = epochs.get(0).prior().sigma();
    List<PosteriorSummary> shown = spread(epochs);
    double low = least(shown, s -> s.mu().percentile(1), priorMu - 2.5 * priorSigma);
    double high = -least(shown, s -> -s.mu().percentile(99), -priorMu - 2.5 * priorSigma);
    double[] x = grid(low, high, POINTS);
    line(chart, "prior", grid(low, high, PRIOR_POINTS), epochs.get(0).prior()::density, PRIOR)
        .setLineStyle(PRIOR_LINE);
    for (int i = 0; i < shown.size(); i++) {
      PosteriorSummary s = shown.get(i);
      line(chart, name(s), x, density(s.mu(), v -> v), shade(i, shown.size()));
    }
    return chart;
  }

  /**
   * Draws deviations over the decimal logarithm, in which the densities of scales are symmetric.
   */
  private static XYChart deviations(List<PosteriorSummary> epochs) {
    XYChart chart =
        ChartSheet.chart(epochs.get(0).layer() + ": standard deviations", "log10 sigma", "density");
    double prior = Math.log10(epochs.get(0).prior().sigma());
    List<PosteriorSummary> shown = spread(epochs);
    double low = least(shown, s -> Math.log10(s.sigma().percentile(0)), prior) - 0.1;
    double high = -least(shown, s -> -Math.log10(s.sigma().percentile(100)), -prior) + 0.1;
    double[] x = grid(low, high, POINTS);
    double top = 0;
    for (int i = 0; i < shown.size(); i++) {
      PosteriorSummary s = shown.get(i);
      XYSeries series =
          line(chart, name(s), x, density(s.sigma(), Math::log10), shade(i, shown.size()));
      top = Math.max(top, Arrays.stream(series.getYData()).max().orElseThrow());
    }
    styled(chart.addSeries("prior", new double[] {prior, prior}, new double[] {0, top}), PRIOR)
        .setLineStyle(PRIOR_LINE);
    return chart;
  }

  private static XYChart densities(String title, String x) {
    XYChart chart = ChartSheet.chart(title, x, "density");
    chart
        .getStyler()
        .setYAxisMin(0.0)
        .setXAxisDecimalPattern("0.##")
        .setXAxisTickMarkSpacingHint(60);
    return chart;
  }

  private static XYChart singles(List<PosteriorSummary> epochs) {
    XYChart chart =
        ChartSheet.chart(
            epochs.get(0).layer() + ": single weights, mu \u00b1 sigma", "epoch", "weight");
    chart.getStyler().setYAxisDecimalPattern("0.####");
    double[] x = epochs.stream().mapToDouble(PosteriorSummary::epoch).toArray();
    List<PosteriorSummary.Single> first = epochs.get(0).singles();
    int count = Math.min(SINGLES, first.size());
    for (int k = 0; k < count; k++) {
      int which = k * first.size() / count;
      double[] mu = epochs.stream().mapToDouble(s -> s.singles().get(which).mu()).toArray();
      double[] sigma = epochs.stream().mapToDouble(s -> s.singles().get(which).sigma()).toArray();
      band(chart, x, mu, sigma, k);
      styled(chart.addSeries("w" + first.get(which).index(), x, mu), WEIGHTS[k]);
    }
    return chart;
  }

  /** Draws the area between mu - sigma and mu + sigma, once around. */
  private static void band(XYChart chart, double[] x, double[] mu, double[] sigma, int k) {
    int n = x.length;
    double[] aroundX = new double[2 * n];
    double[] aroundY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      aroundX[i] = x[i];
      aroundY[i] = mu[i] + sigma[i];
      aroundX[2 * n - 1 - i] = x[i];
      aroundY[2 * n - 1 - i] = mu[i] - sigma[i];
    }
    Color color = WEIGHTS[k];
    XYSeries band = styled(chart.addSeries("band" + k, aroundX, aroundY), color);
    band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 50));
    band.setLineColor(new Color(0, 0, 0, 0));
    band.setShowInLegend(false);
  }

  private static String name(PosteriorSummary summary) {
    return summary.epoch() == 0 ? "start" : "epoch " + summary.epoch();
  }

  /** Chooses some of the epochs, the first and the last among them, with even steps between. */
  private static List<PosteriorSummary> spread(List<PosteriorSummary> epochs) {
    int count = Math.min(CURVES, epochs.size());
    return IntStream.range(0, count)
        .mapToObj(i -> epochs.get(i * (epochs.size() - 1) / Math.max(1, count - 1)))
        .toList();
  }

  private static double least(
      List<PosteriorSummary> shown, ToDoubleFunction<PosteriorSummary> value, double further) {
    return Math.min(further, shown.stream().mapToDouble(value).min().orElseThrow());
  }

  private static double[] grid(double low, double high, int points) {
    return IntStream.range(0, points)
        .mapToDouble(i -> low + i * (high - low) / (points - 1))
        .toArray();
  }

  /**
   * A kernel density estimate. The percentiles stand for all numbers: a hundredth of them lies
   * between each two, here as a few points with even steps.
   */
  private static DoubleUnaryOperator density(Distribution distribution, DoubleUnaryOperator scale) {
    int parts = 8;
    double[] points = new double[100 * parts];
    for (int i = 0; i < points.length; i++) {
      double low = distribution.percentile(i / parts);
      double high = distribution.percentile(i / parts + 1);
      double share = (i % parts + 0.5) / parts;
      points[i] = scale.applyAsDouble(low + share * (high - low));
    }
    double quartiles = points[75 * parts] - points[25 * parts];
    double width = Math.max(0.3 * quartiles / 1.35, 1e-6);
    return x ->
        Arrays.stream(points).map(point -> normal((x - point) / width)).sum()
            / (width * points.length);
  }

  /** The density of N(0, 1). */
  private static double normal(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  private static Color shade(int i, int count) {
    double position = count == 1 ? 2 : 2.0 * i / (count - 1);
    Color from = EARLY_TO_LATE[Math.min((int) position, 1)];
    Color to = EARLY_TO_LATE[Math.min((int) position, 1) + 1];
    double share = position - Math.min((int) position, 1);
    return new Color(
        mix(from.getRed(), to.getRed(), share),
        mix(from.getGreen(), to.getGreen(), share),
        mix(from.getBlue(), to.getBlue(), share));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }

  private static XYSeries line(
      XYChart chart, String name, double[] x, DoubleUnaryOperator y, Color color) {
    return styled(chart.addSeries(name, x, Arrays.stream(x).map(y).toArray()), color);
  }

  private static XYSeries styled(XYSeries series, Color color) {
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(2f));
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }
}
