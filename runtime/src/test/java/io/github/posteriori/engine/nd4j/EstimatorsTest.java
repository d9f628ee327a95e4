package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** LRT and BBB draw each output from the same Gaussian. */
class EstimatorsTest {
  private static final int DRAWS = 2500;
  private static final Priors WIDE = new Priors(0, 1, 0, 0.5, -0.5, 0.3);

  @Test
  void agreeInMeanAndVarianceOfALinearLayer() {
    compare(build -> build.bayesLinear("layer", Shape.features(7), 5, true), 7);
  }

  @Test
  void agreeInMeanAndVarianceOfAConvolution() {
    compare(
        build ->
            build.bayesConv(
                "layer",
                Shape.image(2, 5, 4),
                Filters.of(3, Window.kernel(3, 2).stride(2, 1).padding(1, 0))),
        40);
  }

  private static void compare(Function<ModuleBuilder, NetworkLayer> layer, int inputs) {
    Moments lrt = new Moments(layer, Estimator.LRT, inputs);
    Moments bbb = new Moments(layer, Estimator.BBB, inputs);
    for (int i = 0; i < lrt.mean.length; i++) {
      double standardError = Math.sqrt((lrt.variance[i] + bbb.variance[i]) / DRAWS);
      assertTrue(
          Math.abs(lrt.mean[i] - bbb.mean[i]) < 4.5 * standardError,
          "means " + lrt.mean[i] + " and " + bbb.mean[i] + ", standard error " + standardError);
      double logRatio = Math.log(lrt.variance[i] / bbb.variance[i]);
      assertTrue(
          Math.abs(logRatio) < 4.5 * Math.sqrt(4.0 / DRAWS),
          "variances " + lrt.variance[i] + " and " + bbb.variance[i]);
    }
  }

  private static final class Moments {
    final double[] mean;
    final double[] variance;

    Moments(Function<ModuleBuilder, NetworkLayer> layer, Estimator estimator, int inputs) {
      Chain module =
          Chain.of(
              ModuleOptions.defaults().withEstimator(estimator).withPriors(WIDE),
              build -> List.<NetworkLayer[]>of(new NetworkLayer[] {layer.apply(build)}));
      var x =
          Nd4j.create(
              NoiseKey.training(4, 4).of(0).normal(0, 1, inputs),
              module.inputShape().batch(1),
              'c');
      int outputs = module.outputShape().size();
      mean = new double[outputs];
      variance = new double[outputs];
      double[] squares = new double[outputs];
      // LRT draws anew for each image of a batch, BBB once for all of them.
      int copies = estimator == Estimator.LRT ? DRAWS : 1;
      float[] pixels = Nd4j.tile(x.reshape(1, inputs), copies, 1).data().asFloat();
      for (int t = 0; t < DRAWS / copies; t++) {
        float[] y =
            module
                .runner()
                .forward(pixels, copies, NoiseKey.evaluation(11 + estimator.ordinal(), t));
        for (int i = 0; i < y.length; i++) {
          mean[i % outputs] += y[i] / (double) DRAWS;
          squares[i % outputs] += y[i] * (double) y[i] / DRAWS;
        }
      }
      for (int i = 0; i < outputs; i++) {
        variance[i] = squares[i] - mean[i] * mean[i];
      }
    }
  }
}
