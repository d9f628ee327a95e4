package io.github.posteriori.uncertainty;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * A mixture of Poisson distributions of equal weights, one for each posterior sample. The variance
 * of each is its rate.
 *
 * @param rates lambda_s, each above 0
 */
public record PoissonMixture(double[] rates) implements ValueDistribution {
  private static final double GAUSSIAN_FROM = 1e5;

  /** The distance from the rate, in standard deviations, at which probabilities are negligible. */
  private static final double DEVIATIONS = 10;

  @Override
  public double mean() {
    return Arrays.stream(rates).sum() / rates.length;
  }

  @Override
  public double epistemicVariance() {
    double mean = mean();
    return Arrays.stream(rates).map(rate -> (rate - mean) * (rate - mean)).sum() / rates.length;
  }

  @Override
  public double aleatoricVariance() {
    return mean();
  }

  /** Sums {@code P(y <= k) = Q(k + 1, lambda)}, the regularised upper incomplete gamma function. */
  @Override
  public double cumulative(double value) {
    double count = Math.floor(value);
    if (count < 0) {
      return 0;
    }
    double sum = 0;
    for (double rate : rates) {
      sum += RegularizedGamma.Q.value(count + 1, rate);
    }
    return sum / rates.length;
  }

  /** Searches from the quantile of the Gaussians of equal moments, in steps that double. */
  @Override
  public double quantile(double share) {
    double start = Math.max(0, Math.rint(gaussian().quantile(share)));
    double low = start;
    for (double step = 1; low >= 0 && cumulative(low) >= share; step *= 2) {
      low -= step;
    }
    low = Math.max(low, -1);
    double high = Math.max(start, low + 1);
    for (double step = 1; cumulative(high) < share; step *= 2) {
      low = high;
      high += step;
    }
    while (high - low > 1) {
      double middle = Math.floor((low + high) / 2);
      if (cumulative(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  @Override
  public double logLikelihood(double observed) {
    return ValueDistribution.logMeanExp(
        Arrays.stream(rates).map(rate -> logProbability(observed, rate)).toArray());
  }

  private static double logProbability(double count, double rate) {
    return count * Math.log(rate) - rate - LogGamma.value(count + 1);
  }

  private GaussianMixture gaussian() {
    return new GaussianMixture(rates, Arrays.stream(rates).map(Math::sqrt).toArray());
  }

  /**
   * Sums {@code (F(k) - [k >= y])^2} over all counts k whose term is not negligible. Where rates
   * are above 100,000, and the distribution is Gaussian to three digits, returns the score of
   * Gaussians.
   */
  @Override
  public double crps(double observed) {
    if (Arrays.stream(rates).max().orElseThrow() > GAUSSIAN_FROM) {
      return gaussian().crps(observed);
    }
    int from =
        (int) Math.floor(Arrays.stream(rates).map(PoissonMixture::lowest).min().orElseThrow());
    from = (int) Math.min(from, observed);
    double highest = Arrays.stream(rates).map(PoissonMixture::highest).max().orElseThrow();
    double[] cumulative = new double[(int) Math.max(highest, observed) - from + 1];
    for (double rate : rates) {
      addCumulative(rate, from, cumulative);
    }
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      double difference = cumulative[i] / rates.length - (from + i >= observed ? 1 : 0);
      sum += difference * difference;
    }
    return sum;
  }

  /** Adds {@code P(y <= k)} for each k, by {@code P(y = k + 1) = P(y = k) rate / (k + 1)}. */
  private static void addCumulative(double rate, int from, double[] sums) {
    int count = lowest(rate);
    double probability = Math.exp(logProbability(count, rate));
    double cumulative = 0;
    for (int i = count - from; i < sums.length; i++) {
      cumulative += probability;
      sums[i] += cumulative;
      count++;
      probability *= rate / count;
    }
  }

  /** Returns a count below which the probability is negligible. */
  private static int lowest(double rate) {
    return (int) Math.max(0, rate - DEVIATIONS * Math.sqrt(rate));
  }

  /** Returns a count above which the probability is negligible. */
  private static int highest(double rate) {
    return (int) (rate + DEVIATIONS * Math.sqrt(rate) + DEVIATIONS * DEVIATIONS);
  }
}
