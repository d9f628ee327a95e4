package io.github.posteriori.moments;

import io.github.posteriori.layers.ExampleNorm;

/**
 * Layer and group normalisation. The statistics of the n numbers of a group are sums over many and
 * are taken to be their expectations, with M the mean of all m and V that of all v:
 *
 * <pre>
 *   S     = mean(m^2 + v) - M^2 - V / n
 *   E y   = gamma (m - M) / sqrt(S + 1e-5) + beta
 *   Var y = gamma^2 (v (1 - 2 / n) + V / n) / (S + 1e-5)
 * </pre>
 */
final class ExampleScaling implements MomentMap {
  private final ExampleNorm layer;

  ExampleScaling(ExampleNorm layer) {
    this.layer = layer;
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    double[] gamma = layer.scale().numbers();
    double[] beta = layer.shift().numbers();
    float[] means = spare.take(x.means().length);
    float[] variances = spare.take(x.variances().length);
    int n = layer.groupSize();
    for (int group = 0; group < layer.groups(); group++) {
      for (int image = 0; image < x.count(); image++) {
        Statistics of = Statistics.of(x, group * n, n, image);
        for (int e = group * n; e < (group + 1) * n; e++) {
          int i = e * x.count() + image;
          double factor = gamma[e / layer.run()] / Math.sqrt(of.spread + ExampleNorm.EPSILON);
          means[i] = (float) (factor * (x.means()[i] - of.mean) + beta[e / layer.run()]);
          if (!x.isExact()) {
            double own = x.variances()[i] * (1 - 2.0 / n) + of.variance / n;
            variances[i] = (float) (factor * factor * own);
          }
        }
      }
    }
    return new Moments(x.count(), means, variances);
  }

  /** M, V and S of a group. */
  private record Statistics(double mean, double variance, double spread) {

    static Statistics of(Moments x, int first, int n, int image) {
      double mean = 0;
      double variance = 0;
      for (int e = first; e < first + n; e++) {
        mean += x.means()[e * x.count() + image] / n;
        variance += x.isExact() ? 0 : x.variances()[e * x.count() + image] / n;
      }
      double spread = variance - variance / n;
      for (int e = first; e < first + n; e++) {
        double difference = x.means()[e * x.count() + image] - mean;
        spread += difference * difference / n;
      }
      return new Statistics(mean, variance, spread);
    }
  }
}
