package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimisers, on gradients that parameters hold, against plain arithmetic. */
abstract class OptimiserContract {
  private static final int WEIGHTS = 37;
  private static final float TOLERANCE = 2e-6f;

  protected abstract String engine();

  private Chain module(int weights) {
    return Chain.of(
        ModuleOptions.defaults().withEngine(engine()),
        build ->
            List.<NetworkLayer[]>of(
                new NetworkLayer[] {build.linear("fc", Shape.features(weights), 1, false)}));
  }

  /** Evenly from 1 down to -0.3. */
  private static float[] start() {
    float[] values = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      values[i] = 1 - 1.3f * i / (WEIGHTS - 1);
    }
    return values;
  }

  private static double[] start(Parameter parameter) {
    parameter.write(start());
    return parameter.numbers();
  }

  private static float gradient(double value, int t) {
    return (float) (3 * value - t);
  }

  private static void writeGradient(Parameter parameter, double[] values, int t) {
    float[] gradients = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      gradients[i] = gradient(values[i], t);
    }
    parameter.writeGradient(0, gradients.length, gradients, 0);
  }

  private static void assertNear(double[] expected, Parameter found, String when) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], Numbers.of(found)[i], TOLERANCE, when);
    }
  }

  @Test
  void adamFollowsTheAlgorithmOfItsAuthors() {
    Chain module = module(WEIGHTS);
    Parameter parameter = module.parameters().get(0);
    double[] expected = start(parameter);
    OptimiserRunner adam = module.runner().optimiser(Optimiser.adam());
    double[] first = new double[WEIGHTS];
    double[] second = new double[WEIGHTS];
    for (int t = 1; t <= 4; t++) {
      double rate = 0.01 / t;
      writeGradient(parameter, expected, t);
      for (int i = 0; i < WEIGHTS; i++) {
        double gradient = gradient(expected[i], t);
        first[i] = 0.9 * first[i] + 0.1 * gradient;
        second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
        // The order of computation at the end of the paper's section 2.
        double alpha = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        expected[i] -= alpha * first[i] / (Math.sqrt(second[i]) + 1e-8);
      }
      adam.apply(rate);
      assertNear(expected, parameter, "step " + t);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9})
  void gradientDescentKeepsAShareOfItsVelocity(double momentum) {
    Chain module = module(WEIGHTS);
    Parameter parameter = module.parameters().get(0);
    double[] expected = start(parameter);
    OptimiserRunner sgd = module.runner().optimiser(Optimiser.sgd(momentum));
    double[] velocity = new double[WEIGHTS];
    for (int t = 1; t <= 5; t++) {
      double rate = 0.02 / t;
      writeGradient(parameter, expected, t);
      for (int i = 0; i < WEIGHTS; i++) {
        velocity[i] = momentum * velocity[i] + gradient(expected[i], t);
        expected[i] -= rate * velocity[i];
      }
      sgd.apply(rate);
      assertNear(expected, parameter, "step " + t);
    }
    assertEquals(5, sgd.state().steps());
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd"})
  void runningStatisticsAreLeftAlone(String name) {
    Chain module =
        Chain.of(
            ModuleOptions.defaults().withEngine(engine()),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {build.batchNorm("bn", Shape.features(3))}));
    float[] fives = {5, 5, 5};
    List<Parameter> parameters = module.parameters();
    parameters.forEach(parameter -> parameter.writeGradient(0, 3, fives, 0));
    List<float[]> before = parameters.stream().map(Numbers::of).toList();
    module.runner().optimiser(optimiser(name)).apply(0.1);
    for (int p = 0; p < before.size(); p++) {
      boolean same = Arrays.equals(before.get(p), Numbers.of(parameters.get(p)));
      assertEquals(parameters.get(p).trained(), !same, parameters.get(p).name());
    }
  }

  private static Optimiser optimiser(String name) {
    return name.equals("adam") ? Optimiser.adam() : Optimiser.sgd(0.9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd"})
  void aRestoredOneGoesOnToTheSameBits(String name) {
    Chain module = module(WEIGHTS);
    Parameter parameter = module.parameters().get(0);
    double[] start = start(parameter);
    OptimiserRunner whole = module.runner().optimiser(optimiser(name));
    for (int t = 1; t <= 2; t++) {
      writeGradient(parameter, start, t);
      whole.apply(0.01);
    }
    OptimiserState state = whole.state();
    float[] values = Numbers.of(parameter);
    writeGradient(parameter, start, 3);
    whole.apply(0.01);

    Chain resumed = module(WEIGHTS);
    Parameter same = resumed.parameters().get(0);
    same.write(values);
    OptimiserRunner half = resumed.runner().optimiser(optimiser(name));
    half.restore(state);
    writeGradient(same, start, 3);
    half.apply(0.01);
    assertArrayEquals(Numbers.of(parameter), Numbers.of(same), 0f);
    assertEquals(3, half.state().steps());
    assertEquals(2, state.steps(), "a state is a copy");
  }

  @Test
  void theStateOfAnotherOptimiserIsRefused() {
    Chain module = module(WEIGHTS);
    OptimiserState ofAdam = module.runner().optimiser(Optimiser.adam()).state();
    OptimiserRunner sgd = module.runner().optimiser(Optimiser.sgd(0.9));
    assertEquals(
        "the optimiser's state has nothing for fc.weight.velocity, expected 37: it belongs to"
            + " another network or optimiser",
        refusal(sgd, ofAdam));
  }

  @Test
  void theStateOfAnotherNetworkIsRefused() {
    OptimiserState ofAnother = module(5).runner().optimiser(Optimiser.adam()).state();
    OptimiserRunner adam = module(WEIGHTS).runner().optimiser(Optimiser.adam());
    String message = refusal(adam, ofAnother);
    assertTrue(message.startsWith("the optimiser's state has 5 numbers for fc.weight."), message);
    assertTrue(message.contains("expected 37: it belongs to another network"), message);
  }

  private static String refusal(OptimiserRunner optimiser, OptimiserState state) {
    return assertThrows(IllegalArgumentException.class, () -> optimiser.restore(state))
        .getMessage();
  }
}
