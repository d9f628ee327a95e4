package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FilterPrunerTest {
  private static final ModuleOptions POINT =
      ModuleOptions.defaults().withEstimator(Estimator.POINT);

  private static Chain chain(ModuleOptions options, int channels, int units) {
    return Chain.of(
        options,
        build -> {
          var conv =
              build.bayesConv(
                  "conv", Shape.image(2, 6, 6), Filters.of(channels, Window.kernel(3, 3)));
          var norm = build.batchNorm("norm", conv.output());
          var act = build.activation("act", norm.output(), Activation.RELU);
          var pool = build.maxPool("pool", act.output(), Window.kernel(2, 2).stride(2, 2));
          var flatten = build.flatten("flatten", pool.output());
          var fc1 = build.bayesLinear("fc1", flatten.output(), units, true);
          var act1 = build.activation("act1", fc1.output(), Activation.TANH);
          var fc2 = build.bayesLinear("fc2", act1.output(), 3, true);
          return List.of(
              new NetworkLayer[] {conv},
              new NetworkLayer[] {norm},
              new NetworkLayer[] {act, pool},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc1, act1},
              new NetworkLayer[] {fc2});
        });
  }

  private static Parameter parameter(BayesModule module, String name) {
    return module.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static INDArray images() {
    float[] pixels = NoiseKey.training(1, 2).of(3).normal(0, 1, 4 * 72);
    return Nd4j.create(pixels, new long[] {4, 2, 6, 6}, 'c');
  }

  /**
   * Filters whose weights and bias are 0 give 0 behind ReLU and tanh: without them all is equal.
   */
  @Test
  void withoutFiltersThatGiveNothingTheOutputsAreTheSame() {
    Chain whole = chain(POINT, 5, 8);
    for (Parameter parameter : whole.parameters()) {
      if (parameter.name().startsWith("norm.")) {
        float[] values = NoiseKey.training(7, 1).of(parameter.name().length()).uniform(0, 1, 5);
        for (int i = 0; i < values.length; i++) {
          values[i] += parameter.name().endsWith("mean") ? 0 : 0.5f;
        }
        parameter.write(values);
      }
    }
    silence(whole, "conv", 5, 1, 3);
    float[] scale = Numbers.of(parameter(whole, "norm.weight"));
    float[] shift = Numbers.of(parameter(whole, "norm.bias"));
    for (int channel : new int[] {1, 3}) {
      scale[channel] = 0;
      shift[channel] = 0;
    }
    parameter(whole, "norm.weight").write(scale);
    parameter(whole, "norm.bias").write(shift);
    silence(whole, "fc1", 8, 0, 5, 6);

    FilterPruner pruner = FilterPruner.of(whole, 0.6);

    List<AffineLayer> layers =
        whole.network().layers().stream()
            .filter(AffineLayer.class::isInstance)
            .map(AffineLayer.class::cast)
            .toList();
    assertEquals(List.of(3, 5, 3), layers.stream().map(pruner::outputs).toList());
    Chain narrow = chain(POINT.withSeed(9), 3, 5);
    pruner.fill(narrow);
    INDArray expected = whole.forward(images()).logits();
    INDArray found = narrow.forward(images()).logits();
    assertArrayEquals(expected.data().asFloat(), found.data().asFloat(), 1e-5f);
  }

  private static void silence(Chain module, String layer, int filters, int... silent) {
    for (String name : List.of("W_mu", "bias_mu")) {
      Parameter parameter = parameter(module, layer + "." + name);
      float[] values = Numbers.of(parameter);
      int size = values.length / filters;
      for (int filter : silent) {
        for (int i = 0; i < size; i++) {
          values[filter * size + i] = 0;
        }
      }
      parameter.write(values);
    }
  }

  @Test
  void ofAPosteriorNoisyFiltersGoFirst() {
    Chain whole = chain(ModuleOptions.defaults().withEstimator(Estimator.LRT), 4, 6);
    Weight weight = whole.network().weights().get(0);
    float[] rho = Numbers.of(weight.posterior().orElseThrow().rho());
    for (int i = 0; i < rho.length; i++) {
      rho[i] = i / 18 == 2 ? 1 : -4; // of 18 weights each, the third is loud but for its noise
    }
    weight.posterior().orElseThrow().rho().write(rho);
    Numbers.change(weight.location(), mu -> 1);
    Chain narrow = chain(ModuleOptions.defaults().withEstimator(Estimator.LRT), 3, 5);
    FilterPruner.of(whole, 0.75).fill(narrow);
    for (float left :
        Numbers.of(narrow.network().weights().get(0).posterior().orElseThrow().rho())) {
      assertEquals(-4f, left);
    }
  }

  @Test
  void layersThatCannotLoseChannelsAloneAreRefused() {
    Chain grouped =
        Chain.of(
            POINT,
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {
                      build.bayesConv(
                          "conv",
                          Shape.image(2, 6, 6),
                          Filters.of(4, Window.kernel(3, 3)).groups(2))
                    }));
    String message =
        assertThrows(IllegalArgumentException.class, () -> FilterPruner.of(grouped, 0.5))
            .getMessage();
    assertTrue(message.startsWith("conv has groups of channels, expected a chain"), message);
    Chain whole = chain(POINT, 4, 6);
    Pruner.of(whole).keep(0.5);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> FilterPruner.of(whole, 0.5))
            .getMessage()
            .startsWith("conv has pruned weights"));
    Chain other = chain(POINT, 4, 6);
    assertThrows(
        IllegalArgumentException.class, () -> FilterPruner.of(chain(POINT, 5, 6), 0.5).fill(other));
  }
}
