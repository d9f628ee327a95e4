package io.github.posteriori.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.Shape;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ActivationMomentsTest {
  private static final Map<Activation, DoubleUnaryOperator> FUNCTIONS =
      Map.of(
          Activation.RELU,
          x -> Math.max(x, 0),
          Activation.SOFTPLUS,
          x -> x > 30 ? x : Math.log1p(Math.exp(x)),
          Activation.TANH,
          Math::tanh);

  private static MomentMap map(Activation function) {
    return new MomentMaps(null, Map.of())
        .activation(new ActivationLayer(0, "act", Shape.features(1), function));
  }

  private static void check(Activation function, double most, double bound) {
    for (double mean = -6; mean <= 6; mean += 0.37) {
      for (double deviation : new double[] {0.01, 0.2, 0.25, 0.5, 1, 1.5, 3}) {
        if (deviation > most) {
          continue;
        }
        float variance = (float) (deviation * deviation);
        Moments found =
            map(function)
                .forward(
                    new Moments(1, new float[] {(float) mean}, new float[] {variance}),
                    new SpareArrays());
        Integral expected = Integral.of((float) mean, Math.sqrt(variance), FUNCTIONS.get(function));
        String where = function + " of mean " + mean + ", deviation " + deviation;
        assertEquals(expected.mean(), found.means()[0], bound * Math.max(1, deviation), where);
        assertEquals(
            expected.variance(), found.variances()[0], bound * Math.max(1, variance), where);
      }
    }
  }

  @Test
  void reluIsExact() {
    check(Activation.RELU, 3, 2e-6);
  }

  @Test
  void softplusIsOffByLessThanAHundredThousandth() {
    check(Activation.SOFTPLUS, 3, 1e-5);
  }

  @Test
  void tanhIsOffByLessThanAThousandthWhereItHardlySaturatesAndAHundredthWhereItDoes() {
    check(Activation.TANH, 0.5, 1e-3);
    check(Activation.TANH, 3, 1e-2);
  }

  @Test
  void whatDoesNotVaryPassesThroughTheFunctionItself() {
    for (Activation function : FUNCTIONS.keySet()) {
      for (float x : new float[] {-40, -1.3f, 0, 0.7f, 40}) {
        Moments found = map(function).forward(Moments.exact(1, new float[] {x}), new SpareArrays());
        assertTrue(found.isExact());
        assertEquals(FUNCTIONS.get(function).applyAsDouble(x), found.means()[0], 1e-6);
      }
    }
  }
}
