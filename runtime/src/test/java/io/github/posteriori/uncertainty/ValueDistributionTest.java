package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueDistributionTest {
  private static final GaussianMixture GAUSSIANS =
      new GaussianMixture(new double[] {-2, 1, 1.5}, new double[] {0.3, 2, 0.7});
  private static final PoissonMixture COUNTS = new PoissonMixture(new double[] {0.4, 3, 12});
  private static final int DRAWS = 200_000;

  private static double[] drawn() {
    Random random = new Random(7);
    double[] numbers = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      int s = random.nextInt(3);
      numbers[i] = GAUSSIANS.means()[s] + GAUSSIANS.deviations()[s] * random.nextGaussian();
    }
    Arrays.sort(numbers);
    return numbers;
  }

  @Test
  void quantilesOfGaussiansAreThoseOfDraws() {
    double[] numbers = drawn();
    for (double share : new double[] {0.025, 0.25, 0.5, 0.75, 0.975}) {
      double found = GAUSSIANS.quantile(share);
      int below = -Arrays.binarySearch(numbers, found) - 1;
      assertEquals(share, (double) below / DRAWS, 4 * Math.sqrt(share * (1 - share) / DRAWS));
      assertEquals(share, GAUSSIANS.cumulative(found), 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.3, 0.5, 0.9, 1 - 1e-9})
  void quantilesAreFoundBetweenModesFarApart(double share) {
    GaussianMixture apart =
        new GaussianMixture(new double[] {-1e6, 1e6, 1e6}, new double[] {0.1, 1, 1e5});
    assertEquals(share, apart.cumulative(apart.quantile(share)), 1e-9);
  }

  @Test
  void aSingleGaussianHasItsKnownQuantile() {
    GaussianMixture one = new GaussianMixture(new double[] {200_000}, new double[] {50_000});
    assertEquals(200_000 + 50_000 * 1.959963984540054, one.quantile(0.975), 1e-6);
  }

  @Test
  void theDensityOfGaussiansIsTheSlopeOfTheDistribution() {
    for (double y : new double[] {-3, 0.2, 1.4}) {
      double slope = (GAUSSIANS.cumulative(y + 1e-4) - GAUSSIANS.cumulative(y - 1e-4)) / 2e-4;
      assertEquals(Math.log(slope), GAUSSIANS.logLikelihood(y), 1e-6);
    }
    assertTrue(Double.isFinite(GAUSSIANS.logLikelihood(1e6)), "far away");
  }

  @Test
  void variancesOfGaussiansAddUpToThatOfDraws() {
    double[] numbers = drawn();
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double variance =
        Arrays.stream(numbers).map(y -> (y - mean) * (y - mean)).average().orElseThrow();
    assertEquals(mean, GAUSSIANS.mean(), 0.02);
    assertEquals(
        variance, GAUSSIANS.epistemicVariance() + GAUSSIANS.aleatoricVariance(), 0.02 * variance);
    assertEquals((0.09 + 4 + 0.49) / 3, GAUSSIANS.aleatoricVariance(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-6, -2.1, 0.2, 1.3, 9})
  void scoreOfGaussiansIsTheIntegralOfTheDefinition(double observed) {
    double step = 1e-3;
    double sum = 0;
    for (double y = -20 + step / 2; y < 20; y += step) {
      double difference = GAUSSIANS.cumulative(y) - (y >= observed ? 1 : 0);
      sum += difference * difference * step;
    }
    assertEquals(sum, GAUSSIANS.crps(observed), 2e-3);
  }

  /** Gneiting and Raftery 2007, equation 21: the score of one Gaussian. */
  @Test
  void scoreOfOneGaussianHasItsClosedForm() {
    GaussianMixture one = new GaussianMixture(new double[] {3}, new double[] {2});
    double z = 0.75;
    double normal = 0.7733726476231317;
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    double expected = 2 * (z * (2 * normal - 1) + 2 * density - 1 / Math.sqrt(Math.PI));
    assertEquals(expected, one.crps(4.5), 1e-12);
  }

  private static double probability(int count) {
    return Arrays.stream(COUNTS.rates())
        .map(
            rate ->
                IntStream.rangeClosed(1, count)
                    .mapToDouble(k -> rate / k)
                    .reduce(Math.exp(-rate), (a, b) -> a * b))
        .average()
        .orElseThrow();
  }

  @Test
  void countsHaveTheProbabilitiesOfTheirRates() {
    double sum = 0;
    for (int count = 0; count < 40; count++) {
      sum += probability(count);
      assertEquals(Math.log(probability(count)), COUNTS.logLikelihood(count), 1e-9);
      assertEquals(sum, COUNTS.cumulative(count), 1e-12, "count " + count);
      assertEquals(sum, COUNTS.cumulative(count + 0.9), 1e-12);
    }
    assertEquals(0, COUNTS.cumulative(-0.5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.025, 0.3, 0.5, 0.9, 0.975, 0.999999})
  void quantileOfCountsIsTheFirstToReachTheShare(double share) {
    double sum = 0;
    int expected = -1;
    while (sum < share) {
      expected++;
      sum += probability(expected);
    }
    assertEquals(expected, COUNTS.quantile(share));
  }

  /** Between rates far apart, and in tails that are far from a Gaussian's. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.1, 0.4999, 0.5, 0.5001, 0.9, 1 - 1e-9})
  void quantileOfCountsIsFoundFarFromThatOfGaussians(double share) {
    for (double[] rates : new double[][] {{1, 1_000}, {100}}) {
      PoissonMixture counts = new PoissonMixture(rates);
      double found = counts.quantile(share);
      assertTrue(counts.cumulative(found) >= share, "found " + found);
      assertTrue(counts.cumulative(found - 1) < share, "found " + found);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 90})
  void scoreOfCountsIsTheSumOfTheDefinition(int observed) {
    double cumulative = 0;
    double sum = 0;
    for (int count = 0; count < 120; count++) {
      cumulative += probability(count);
      double difference = cumulative - (count >= observed ? 1 : 0);
      sum += difference * difference;
    }
    assertEquals(sum, COUNTS.crps(observed), 1e-10);
  }

  @Test
  void scoresOfHighRatesAreThoseOfGaussians() {
    PoissonMixture below = new PoissonMixture(new double[] {99_999, 99_000});
    PoissonMixture above = new PoissonMixture(new double[] {100_001, 99_000});
    GaussianMixture gaussians =
        new GaussianMixture(
            new double[] {99_999, 99_000}, new double[] {Math.sqrt(99_999), Math.sqrt(99_000)});
    assertEquals(gaussians.crps(99_700), below.crps(99_700), 0.1);
    assertEquals(below.crps(99_700), above.crps(99_700), 0.5);
    assertEquals(99_999 + 1.96 * 316, new PoissonMixture(new double[] {99_999}).quantile(0.975), 2);
  }

  @Test
  void bitsHaveTheMeanProbability() {
    BernoulliMixture bits = new BernoulliMixture(new double[] {0.9, 0.5, 0.1});
    assertEquals(0.5, bits.mean(), 1e-12);
    assertEquals(0.25, bits.epistemicVariance() + bits.aleatoricVariance(), 1e-12);
    assertEquals((0.16 + 0 + 0.16) / 3, bits.epistemicVariance(), 1e-12);
    assertEquals(0, bits.quantile(0.4));
    assertEquals(1, bits.quantile(0.6));
    assertEquals(0.25, bits.crps(1), 1e-12);
    BernoulliMixture rare = new BernoulliMixture(new double[] {0.1, 0.3});
    assertEquals(Math.log(0.2), rare.logLikelihood(1), 1e-12);
    assertEquals(Math.log(0.8), rare.logLikelihood(0), 1e-12);
  }

  @Test
  void refusesAShareThatNoQuantileHas() {
    for (ValueDistribution each :
        new ValueDistribution[] {GAUSSIANS, COUNTS, new BernoulliMixture(new double[] {0.5})}) {
      for (double share : new double[] {0, 1, Double.NaN}) {
        assertEquals(
            "share is " + share + ", expected above 0 and below 1, such as 0.975",
            assertThrows(IllegalArgumentException.class, () -> each.quantile(share)).getMessage());
      }
    }
  }
}
