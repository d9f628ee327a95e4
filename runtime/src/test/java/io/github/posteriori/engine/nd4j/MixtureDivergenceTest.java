package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.engine.MixtureNumbers;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MixtureDivergenceTest {
  private final MixtureNumbers numbers = MixtureNumbers.read();
  private final Posterior posterior =
      new Posterior(parameter("mu"), parameter("rho"), MixtureNumbers.PRIOR);
  private final ParameterArrays arrays =
      new ParameterArrays(List.of(posterior.mu(), posterior.rho()), DataType.DOUBLE);
  private final INDArray eps = Nd4j.createFromArray(numbers.of("eps")).castTo(DataType.DOUBLE);

  private Parameter parameter(String name) {
    float[] values = numbers.of(name);
    return Parameter.trained(name, values, values.length);
  }

  private MixtureDivergence divergence() {
    arrays.refresh();
    return new MixtureDivergence(new GaussianSample(posterior, arrays), MixtureNumbers.PRIOR, eps);
  }

  @Test
  void isThatOfPyTorch() {
    numbers.assertValue(divergence().value());
    divergence().addGradient(1);
    numbers.assertGradient("by_mu", gradient(posterior.mu()));
    numbers.assertGradient("by_rho", gradient(posterior.rho()));
  }

  private float[] gradient(Parameter parameter) {
    return arrays.gradient(parameter).castTo(DataType.FLOAT).data().asFloat();
  }

  @Test
  void hasTheGradientOfItsValueAtTheSameNoise() {
    double step = 1e-6;
    double beta = 0.7;
    divergence().addGradient(beta);
    for (Parameter parameter : posterior.parameters()) {
      INDArray value = arrays.value(parameter);
      for (int i = 0; i < value.length(); i++) {
        double before = value.data().getDouble(i);
        value.data().put(i, before + step);
        double up = divergence().value();
        value.data().put(i, before - step);
        double down = divergence().value();
        value.data().put(i, before);
        double expected = beta * (up - down) / (2 * step);
        assertEquals(
            expected,
            arrays.gradient(parameter).data().getDouble(i),
            1e-5 * Math.max(1, Math.abs(expected)),
            parameter.name());
      }
    }
  }
}
