package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class KlDivergenceTest {
  private static final Priors PRIORS = new Priors(0.2, 0.3, 0, 0.5, -1, 0.4);

  private final Chain module =
      Chain.of(
          ModuleOptions.defaults().withEngine("nd4j").withPriors(PRIORS),
          build ->
              List.<NetworkLayer[]>of(
                  new NetworkLayer[] {build.bayesLinear("fc", Shape.features(6), 4, true)}));
  private final Posterior posterior =
      (Posterior) ((LinearLayer) module.network().layers().get(0)).weight();
  private final Nd4jRunner runner = new Nd4jRunner(module.network(), DataType.DOUBLE);
  private final ParameterArrays arrays = runner.arrays();

  /** With the numbers that the arrays hold now. */
  private KlDivergence divergence(Posterior of) {
    arrays.refresh();
    return new KlDivergence(new GaussianSample(of, arrays), (GaussianPrior) of.prior());
  }

  @Test
  void agreesWithTheMeanOfLogQLessLogPOverManyDraws() {
    int weights = 24;
    int draws = 200_000;
    double[] mu = posterior.mu().numbers();
    double[] sigmas = posterior.sigmas();
    float[] eps = NoiseKey.training(1, 1).of(0).normal(0, draws, weights);
    double sum = 0;
    double squares = 0;
    for (int d = 0; d < draws; d++) {
      double difference = 0;
      for (int w = 0; w < weights; w++) {
        double sigma = sigmas[w];
        double e = eps[d * weights + w];
        double value = mu[w] + sigma * e;
        double z = (value - PRIORS.mu()) / PRIORS.sigma();
        difference += -Math.log(sigma) - e * e / 2 + Math.log(PRIORS.sigma()) + z * z / 2;
      }
      sum += difference;
      squares += difference * difference;
    }
    double mean = sum / draws;
    double standardError = Math.sqrt((squares / draws - mean * mean) / draws);
    assertEquals(mean, divergence(posterior).value(), 4 * standardError);
    assertTrue(standardError < 0.01 * mean, "the estimate is too coarse to tell anything");
  }

  @Test
  void pointsFromThePosteriorToThePrior() {
    // A posterior much narrower than its prior: KL(q || p) grows like a logarithm, KL(p || q) like
    // 1 / sigma^2.
    Chain narrow =
        Chain.of(
            ModuleOptions.defaults().withEngine("nd4j").withPriors(new Priors(0, 1, 0, 0, -7, 0)),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {build.bayesLinear("fc", Shape.features(1), 1, false)}));
    double sigma = Math.log1p(Math.exp(-7));
    assertEquals(
        -Math.log(sigma) + sigma * sigma / 2 - 0.5,
        new Nd4jRunner(narrow.network(), DataType.DOUBLE).kl(),
        1e-9);
  }

  @Test
  void hasTheGradientOfItsValue() {
    double step = 1e-6;
    double beta = 0.7;
    divergence(posterior).addGradient(beta);
    for (Parameter parameter : posterior.parameters()) {
      INDArray value = arrays.value(parameter);
      for (int i = 0; i < value.length(); i++) {
        double before = value.data().getDouble(i);
        value.data().put(i, before + step);
        double up = divergence(posterior).value();
        value.data().put(i, before - step);
        double down = divergence(posterior).value();
        value.data().put(i, before);
        assertEquals(
            beta * (up - down) / (2 * step),
            arrays.gradient(parameter).data().getDouble(i),
            1e-6,
            parameter.name());
      }
    }
  }

  @Test
  void countsBiases() {
    double weights = divergence(posterior).value();
    double biases =
        divergence(
                (Posterior) ((LinearLayer) module.network().layers().get(0)).bias().orElseThrow())
            .value();
    assertEquals(weights + biases, runner.kl(), 1e-9);
    assertTrue(biases > 0);
  }

  @Test
  void leavesOutPosteriorsThatTheForwardPassDoesNotSample() {
    Chain point =
        Chain.of(
            ModuleOptions.defaults().withEngine("nd4j").withEstimator(Estimator.POINT),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {build.bayesLinear("fc", Shape.features(6), 4, true)}));
    assertEquals(0, point.kl());
  }
}
