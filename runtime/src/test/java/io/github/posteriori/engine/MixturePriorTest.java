package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.MixturePrior;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.WeightPrior;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mixture of two Gaussians as prior, in the engines that estimate its KL divergence. */
class MixturePriorTest {
  private static final double SHARE = 0.4;
  private static final double SIGMA1 = 0.3;
  private static final double SIGMA2 = 0.01;
  private static final double BETA = 0.7;
  private static final int FEATURES = 64;

  private static final Objective NOTHING = (first, count, logits, gradients) -> 0;

  private static Chain chain(String engine, Estimator estimator, Priors priors, int outputs) {
    ModuleOptions options =
        ModuleOptions.defaults()
            .withSeed(3)
            .withEngine(engine)
            .withEstimator(estimator)
            .withPriors(priors);
    return Chain.of(
        options,
        build ->
            List.<NetworkLayer[]>of(
                new NetworkLayer[] {
                  build.bayesLinear("fc", Shape.features(FEATURES), outputs, true)
                }));
  }

  private static Priors mixture(double mu, double rho) {
    return new Priors(0, SIGMA1, mu, 0, rho, 0).withMixture(SHARE, SIGMA1, SIGMA2);
  }

  /** log p(w) by its definition. */
  private static double logPrior(double w, double share, double sigma1, double sigma2) {
    return Math.log(share * normal(w, sigma1) + (1 - share) * normal(w, sigma2));
  }

  private static double normal(double w, double sigma) {
    return Math.exp(-w * w / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI));
  }

  /** Mean and variance of log q(w) - log p(w) under q, by a fine sum. */
  private record Moments(double mean, double variance) {
    static Moments of(double mu, double sigma) {
      double mean = 0;
      double square = 0;
      double step = 1e-3;
      for (double z = -9; z <= 9; z += step) {
        double term =
            Math.log(normal(z, 1) / sigma) - logPrior(mu + sigma * z, SHARE, SIGMA1, SIGMA2);
        mean += step * normal(z, 1) * term;
        square += step * normal(z, 1) * term * term;
      }
      return new Moments(mean, square - mean * mean);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nd4j, LRT, 0, -4", "vector, LRT, 0, -4", "vector, BBB, 0, -4", "nd4j, BBB, 0.05, -5",
    "vector, LRT, 0.05, -5", "vector, BBB, 0.4, -2", "vector, LRT, -0.02, -7", "vector, LRT, 1, -1"
  })
  void theEstimateIsThatOfTheIntegral(String engine, Estimator estimator, double mu, double rho) {
    Chain chain = chain(engine, estimator, mixture(mu, rho), 64);
    int weights = chain.network().sampledPosteriors().stream().mapToInt(Posterior::size).sum();
    Moments exact = Moments.of(mu, Math.log1p(Math.exp(rho)));
    double error = Math.sqrt(exact.variance() * weights);
    assertEquals(exact.mean() * weights, chain.kl(), 4 * error);
    assertTrue(error < 0.1 * exact.mean() * weights, "the estimate is too coarse to tell anything");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.02", "0.05, 0.007", "0.4, 0.1", "-0.02, 0.001", "1, 0.3"})
  void theSummaryIsThatOfTheIntegral(double mu, double sigma) {
    double exact = Moments.of(mu, sigma).mean();
    double found = new MixturePrior(0, SHARE, SIGMA1, SIGMA2).divergence(mu, sigma);
    assertEquals(exact, found, 1e-3 * exact);
  }

  @Test
  void equalGaussiansAreOne() {
    WeightPrior one = new GaussianPrior(0.1, 0.3);
    WeightPrior two = new MixturePrior(0.1, SHARE, 0.3, 0.3);
    assertEquals(one.divergence(0.2, 0.05), two.divergence(0.2, 0.05), 1e-9);
    assertEquals(one.density(0.2), two.density(0.2), 1e-12);
    assertEquals(one.sigma(), two.sigma(), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"nd4j, LRT", "nd4j, BBB", "vector, LRT", "vector, BBB"})
  void equalGaussiansHaveTheDivergenceOfOneInTheMean(String engine, Estimator estimator) {
    Priors one = new Priors(0.1, 0.3, 0.2, 0, -3, 0);
    Chain closed = chain(engine, estimator, one, 64);
    Chain estimated = chain(engine, estimator, one.withMixture(SHARE, 0.3, 0.3), 64);
    int weights = FEATURES * 64 + 64;
    // Of q = N(0.2, s^2) the term is -log s - eps^2 / 2 + ((0.1 + s eps) / 0.3)^2 / 2 + log 0.3.
    double s = Math.log1p(Math.exp(-3));
    double square = (s * s / 0.09 - 1) / 2;
    double variance = 2 * square * square + Math.pow(0.1 * s / 0.09, 2);
    assertEquals(closed.kl(), estimated.kl(), 4 * Math.sqrt(weights * variance));
  }

  /** With enough weights for several tasks and chunks of them. */
  @ParameterizedTest
  @CsvSource({"nd4j, LRT, 1", "nd4j, BBB, 2", "vector, LRT, 2", "vector, BBB, 1", "vector, BBB, 2"})
  void aStepTakesTheWeightsThatItDraws(String engine, Estimator estimator, int samples) {
    Priors priors = new Priors(0, 1, 0, 0.1, -4, 0.5).withMixture(SHARE, SIGMA1, SIGMA2);
    Chain chain = chain(engine, estimator, priors, 70);
    NoiseKey key = NoiseKey.training(5, 17);
    Losses losses = step(chain, key, samples);
    AffineLayer layer = (AffineLayer) chain.network().layers().get(0);
    List<Posterior> posteriors = layer.sampledPosteriors().toList();
    int weights = posteriors.get(0).size();
    int biases = posteriors.get(1).size();
    float[] eps =
        key.plusSamples(samples - 1)
            .of(estimator == Estimator.BBB ? layer.index() : ~layer.index())
            .normal(0, 1, weights + biases);
    double expected = 0;
    int at = 0;
    for (Posterior posterior : posteriors) {
      double[] sigmas = posterior.sigmas();
      double[] mus = posterior.mu().numbers();
      double[] byMu = new double[mus.length];
      for (int i = 0; i < mus.length; i++, at++) {
        double w = mus[i] + sigmas[i] * eps[at];
        expected += Math.log(normal(eps[at], 1) / sigmas[i]);
        expected -= logPrior(w, SHARE, SIGMA1, SIGMA2);
        byMu[i] = BETA * (slope(w + 1e-6) - slope(w - 1e-6)) / 2e-6;
      }
      float[] found = Numbers.gradients(posterior.mu());
      for (int i = 0; i < found.length; i++) {
        assertEquals(byMu[i], found[i], 1e-3 * Math.max(1, Math.abs(byMu[i])));
      }
    }
    assertEquals(expected, losses.kl(), 1e-5 * expected);
  }

  private static double slope(double w) {
    return -logPrior(w, SHARE, SIGMA1, SIGMA2);
  }

  private static Losses step(Chain chain, NoiseKey key, int samples) {
    int images = 5;
    return chain
        .runner()
        .gradients(
            new StepRequest(new float[images * FEATURES], images, key, samples, BETA, NOTHING));
  }

  @ParameterizedTest
  @CsvSource({"nd4j, LRT", "nd4j, BBB", "vector, LRT", "vector, BBB"})
  void theDivergenceOfTheWeightsDependsOnThemAlone(String engine, Estimator estimator) {
    Chain chain = chain(engine, estimator, mixture(0.05, -4), 5);
    double first = chain.kl();
    NoiseKey key = NoiseKey.training(5, 17);
    double drawn = step(chain, key, 1).kl();
    Posterior weight = chain.network().sampledPosteriors().get(0);
    float[] gradient = Numbers.gradients(weight.rho());
    assertTrue(drawn != first);
    assertEquals(first, chain.kl());
    assertEquals(drawn, step(chain, key, 1).kl());
    assertArrayEquals(gradient, Numbers.gradients(weight.rho()));
    assertTrue(drawn != step(chain, NoiseKey.training(5, 18), 1).kl());
  }

  @ParameterizedTest
  @CsvSource({"nd4j", "vector"})
  void ivonRefusesIt(String engine) {
    Chain chain = chain(engine, Estimator.BBB, mixture(0, -4), 3);
    Optimiser ivon = Optimiser.ivon().forTraining(100, 1);
    assertEquals(
        "the prior is 0.4 N(0.0, 0.3^2) + 0.6 N(0.0, 0.01^2), expected one Gaussian with IVON,"
            + " whose weight decay implies one: state such a prior, or train with another"
            + " optimiser",
        assertThrows(IllegalArgumentException.class, () -> chain.runner().optimiser(ivon))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"LRT, 1", "LRT, 2", "BBB, 1", "BBB, 2"})
  void aStepAtOnceIsItsGradientsAndTheOptimisersStep(Estimator estimator, int samples) {
    Chain inTwo = chain("vector", estimator, mixture(0.05, -4), 30);
    Chain atOnce = chain("vector", estimator, mixture(0.05, -4), 30);
    OptimiserRunner two = inTwo.runner().optimiser(Optimiser.adam());
    OptimiserRunner one = atOnce.runner().optimiser(Optimiser.adam());
    for (int step = 0; step < 3; step++) {
      NoiseKey key = NoiseKey.training(5, step);
      Losses losses = step(inTwo, key, samples);
      two.apply(0.01);
      StepRequest request =
          new StepRequest(new float[5 * FEATURES], 5, key, samples, BETA, NOTHING);
      assertEquals(losses, one.step(request, 0.01));
    }
    for (int p = 0; p < inTwo.parameters().size(); p++) {
      assertArrayEquals(
          Numbers.of(inTwo.parameters().get(p)), Numbers.of(atOnce.parameters().get(p)));
    }
  }
}
