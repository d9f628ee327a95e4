package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmStartTest {
  private static final ModuleOptions SEED_1 = ModuleOptions.defaults().withSeed(1);
  private static final ModuleOptions SEED_2 = ModuleOptions.defaults().withSeed(2);
  private static final Shape.Image IMAGE = Shape.image(2, 5, 5);

  @TempDir private Path folder;

  private static Chain bayesian(ModuleOptions options, int classes) {
    return Chain.of(
        options,
        build -> {
          var conv = build.bayesConv("conv1", IMAGE, Filters.of(3, Window.kernel(3, 3)));
          var norm = build.batchNorm("bn1", conv.output());
          var flatten = build.flatten("flatten", norm.output());
          var fc = build.bayesLinear("fc1", flatten.output(), classes, true);
          return List.of(
              new NetworkLayer[] {conv, norm},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc});
        });
  }

  private static Chain frequentist(ModuleOptions options, int classes, boolean bias) {
    return Chain.of(
        options,
        build -> {
          var conv = build.conv("conv1", IMAGE, Filters.of(3, Window.kernel(3, 3)));
          var norm = build.batchNorm("bn1", conv.output());
          var flatten = build.flatten("flatten", norm.output());
          var fc = build.linear("fc1", flatten.output(), classes, bias);
          return List.of(
              new NetworkLayer[] {conv, norm},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc});
        });
  }

  private WarmStart saved(BayesModule module) {
    Path file = folder.resolve("start.safetensors");
    module.save(file);
    return WarmStart.of(file);
  }

  private static double[] numbers(BayesModule module, String name) {
    return parameter(module, name).numbers();
  }

  private static Parameter parameter(BayesModule module, String name) {
    return module.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void write(BayesModule module, String name, float value) {
    Parameter parameter = parameter(module, name);
    float[] values = new float[parameter.size()];
    Arrays.fill(values, value);
    parameter.write(values);
  }

  @Test
  void theNumbersOfAFrequentistNetworkBecomeMeansAndRhoStaysTheRecipes() {
    Chain trained = frequentist(SEED_1, 4, true);
    write(trained, "conv1.bias", 0.25f);
    write(trained, "bn1.running_mean", 3);
    Chain module = bayesian(SEED_2, 4);
    double[] rho = numbers(module, "fc1.W_rho");

    WarmStart.Report report = saved(trained).apply(module);

    assertEquals(
        new WarmStart.Report(List.of("conv1", "bn1", "fc1"), Map.of(), List.of(), false), report);
    assertArrayEquals(numbers(trained, "conv1.weight"), numbers(module, "conv1.W_mu"));
    assertArrayEquals(numbers(trained, "conv1.bias"), numbers(module, "conv1.bias_mu"));
    assertArrayEquals(numbers(trained, "fc1.weight"), numbers(module, "fc1.W_mu"));
    assertArrayEquals(numbers(trained, "bn1.running_mean"), numbers(module, "bn1.running_mean"));
    assertArrayEquals(rho, numbers(module, "fc1.W_rho"));
  }

  @Test
  void aPosteriorIsTakenWhole() {
    Chain trained = bayesian(SEED_1, 4);
    Chain module = bayesian(SEED_2, 4);
    saved(trained).apply(module);
    for (Parameter parameter : trained.parameters()) {
      assertArrayEquals(
          parameter.numbers(), numbers(module, parameter.name()), parameter.toString());
    }
    assertEquals(trained.kl(), module.kl());
  }

  @Test
  void theMeansOfAPosteriorBecomeTheNumbersOfAFrequentistNetwork() {
    Chain trained = bayesian(SEED_1, 4);
    Chain module = frequentist(SEED_2, 4, true);
    WarmStart.Report report = saved(trained).apply(module);
    assertArrayEquals(numbers(trained, "fc1.W_mu"), numbers(module, "fc1.weight"));
    assertEquals(List.of("conv1", "bn1", "fc1"), report.taken());
  }

  @Test
  void layersThatDoNotFitByShapeAreNamedAndStartAnew() {
    Chain trained = frequentist(SEED_1, 4, true);
    Chain module = bayesian(SEED_2, 6);
    double[] mu = numbers(module, "fc1.W_mu");
    double[] bias = numbers(module, "fc1.bias_mu");

    WarmStart.Report report = saved(trained).withDelta(0.1).apply(module);

    assertEquals(List.of("conv1", "bn1"), report.taken());
    assertEquals(Map.of("fc1", "fc1.weight is [6, 27], in the checkpoint [4, 27]"), report.anew());
    assertArrayEquals(numbers(trained, "conv1.weight"), numbers(module, "conv1.W_mu"));
    assertArrayEquals(mu, numbers(module, "fc1.W_mu"));
    assertArrayEquals(bias, numbers(module, "fc1.bias_mu"));
  }

  @Test
  void aLayerWithAndOneWithoutBiasDoNotFit() {
    assertEquals(
        Map.of("fc1", "the checkpoint has no fc1.bias"),
        saved(frequentist(SEED_1, 4, false)).apply(bayesian(SEED_2, 4)).anew());
    assertEquals(
        Map.of("fc1", "it has no bias, the checkpoint has fc1.bias_mu"),
        saved(bayesian(SEED_1, 4)).apply(frequentist(SEED_2, 4, false)).anew());
  }

  @Test
  void tensorsOfOtherLayersAreNamed() {
    Chain module =
        Chain.of(
            SEED_2,
            build -> {
              var conv = build.bayesConv("conv1", IMAGE, Filters.of(3, Window.kernel(3, 3)));
              return List.<NetworkLayer[]>of(new NetworkLayer[] {conv});
            });
    assertEquals(
        List.of(
            "bn1.bias",
            "bn1.running_mean",
            "bn1.running_var",
            "bn1.weight",
            "fc1.bias",
            "fc1.weight"),
        saved(frequentist(SEED_1, 4, true)).apply(module).unused());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 2})
  void deltaMakesDeviationsFromTheSizeOfEachWeight(double delta) {
    Chain trained = frequentist(SEED_1, 4, true);
    Chain module = bayesian(SEED_2, 4);
    double[] rho = numbers(module, "fc1.bias_rho");

    saved(trained).withDelta(delta).apply(module);

    for (NetworkLayer layer : module.network().layers()) {
      if (layer instanceof AffineLayer affine) {
        Posterior posterior = affine.weight().posterior().orElseThrow();
        double[] means = posterior.mu().numbers();
        double[] sigmas = posterior.sigmas();
        for (int i = 0; i < means.length; i++) {
          double expected = delta * Math.abs(means[i]);
          assertEquals(expected, sigmas[i], 2e-6 * expected, layer.name() + " " + i);
        }
      }
    }
    assertArrayEquals(rho, numbers(module, "fc1.bias_rho"), "biases of 0 keep theirs");
  }

  @Test
  void aCheckpointOfWhichNoLayerFitsIsRefusedAndChangesNothing() {
    Chain module = bayesian(SEED_2, 4);
    double kl = module.kl();
    Chain other = Chain.small(SEED_1, 4);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> saved(other).apply(module));
    assertTrue(
        refusal
            .getMessage()
            .matches(
                "no layer of test.Chain fits the checkpoint \\S+ of test.Chain"
                    + " \\(conv1=conv1.W_mu is \\[3, 2, 3, 3\\], in the checkpoint"
                    + " \\[4, 1, 3, 3\\]\\), expected one of the same name and shape: start from"
                    + " another checkpoint, or from none"),
        refusal.getMessage());
    assertEquals(kl, module.kl());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aDeltaThatIsNoShareIsRefused(double delta) {
    WarmStart start = saved(frequentist(SEED_1, 4, true));
    assertEquals(
        "delta is " + delta + ", expected a number above 0, such as 0.1",
        assertThrows(IllegalArgumentException.class, () -> start.withDelta(delta)).getMessage());
  }

  @Test
  void deltaIsRefusedWhereThereIsNoPosterior() {
    WarmStart start = saved(frequentist(SEED_1, 4, true)).withDelta(0.1);
    Chain module = frequentist(SEED_2, 4, true);
    assertEquals(
        "delta is 0.1, but test.Chain has no posterior whose width it could set: leave it out",
        assertThrows(IllegalArgumentException.class, () -> start.apply(module)).getMessage());
  }

  @Test
  void aTrainerStartsFromIt() {
    Chain trained = frequentist(SEED_1, 4, true);
    Chain module = bayesian(SEED_2, 4);
    Trainer.of(module, TrainingOptions.defaults()).from(saved(trained));
    assertArrayEquals(numbers(trained, "fc1.weight"), numbers(module, "fc1.W_mu"));
  }
}
