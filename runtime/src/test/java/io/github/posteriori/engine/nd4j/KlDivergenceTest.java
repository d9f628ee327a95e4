package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class KlDivergenceTest {
  private static final Priors PRIORS = new Priors(0.2, 0.3, 0, 0.5, -1, 0.4);

  private final Chain module =
      Chain.of(
          DataType.DOUBLE,
          ModuleOptions.defaults().withEngine("nd4j").withPriors(PRIORS),
          build ->
              List.<NetworkLayer[]>of(
                  new NetworkLayer[] {build.bayesLinear("fc", Shape.features(6), 4, true)}));
  private final Posterior posterior =
      (Posterior) ((LinearLayer) module.network().layers().get(0)).weight();

  @Test
  void agreesWithTheMeanOfLogQLessLogPOverManyDraws() {
    int weights = 24;
    int draws = 200_000;
    float[] eps = NoiseKey.training(1, 1).of(0).normal(0, draws, weights);
    double sum = 0;
    double squares = 0;
    for (int d = 0; d < draws; d++) {
      double difference = 0;
      for (int w = 0; w < weights; w++) {
        double sigma = Math.log1p(Math.exp(posterior.rho().value().data().getDouble(w)));
        double e = eps[d * weights + w];
        double value = posterior.mu().value().data().getDouble(w) + sigma * e;
        double z = (value - PRIORS.mu()) / PRIORS.sigma();
        difference += -Math.log(sigma) - e * e / 2 + Math.log(PRIORS.sigma()) + z * z / 2;
      }
      sum += difference;
      squares += difference * difference;
    }
    double mean = sum / draws;
    double standardError = Math.sqrt((squares / draws - mean * mean) / draws);
    assertEquals(mean, new KlDivergence(posterior).value(), 4 * standardError);
    assertTrue(standardError < 0.01 * mean, "the estimate is too coarse to tell anything");
  }

  @Test
  void pointsFromThePosteriorToThePrior() {
    // A posterior much narrower than its prior: KL(q || p) grows like a logarithm, KL(p || q) like
    // 1 / sigma^2.
    Chain narrow =
        Chain.of(
            DataType.DOUBLE,
            ModuleOptions.defaults().withEngine("nd4j").withPriors(new Priors(0, 1, 0, 0, -7, 0)),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {build.bayesLinear("fc", Shape.features(1), 1, false)}));
    double sigma = Math.log1p(Math.exp(-7));
    assertEquals(-Math.log(sigma) + sigma * sigma / 2 - 0.5, narrow.kl(), 1e-9);
  }

  @Test
  void hasTheGradientOfItsValue() {
    double step = 1e-6;
    double beta = 0.7;
    module.parameters().forEach(p -> p.gradient().assign(0));
    new KlDivergence(posterior).addGradient(beta);
    for (Parameter parameter : posterior.parameters()) {
      for (long i = 0; i < parameter.value().length(); i++) {
        double before = parameter.value().data().getDouble(i);
        parameter.value().data().put(i, before + step);
        double up = new KlDivergence(posterior).value();
        parameter.value().data().put(i, before - step);
        double down = new KlDivergence(posterior).value();
        parameter.value().data().put(i, before);
        assertEquals(
            beta * (up - down) / (2 * step),
            parameter.gradient().data().getDouble(i),
            1e-6,
            parameter.name());
      }
    }
  }

  @Test
  void countsBiases() {
    double weights = new KlDivergence(posterior).value();
    double biases =
        new KlDivergence(
                (Posterior) ((LinearLayer) module.network().layers().get(0)).bias().orElseThrow())
            .value();
    assertEquals(weights + biases, module.kl(), 1e-9);
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
