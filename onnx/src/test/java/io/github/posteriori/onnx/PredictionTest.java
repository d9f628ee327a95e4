package io.github.posteriori.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Predictions of a model and of its module, which draw other samples from one posterior, differ by
 * no more than chance: each of their three moments by 4 standard errors, and all of them together
 * by as much as so many should.
 */
class PredictionTest {
  private static final int DRAWN = 75;
  private static final int SAMPLES = 250;
  private static final double STANDARD_ERRORS = 4;

  @TestFactory
  Stream<DynamicTest> ofDrawnNetworks() {
    List<Double> deviations = new ArrayList<>();
    Stream<DynamicTest> each =
        ExportableNetworks.drawn(DRAWN)
            .map(
                network ->
                    DynamicTest.dynamicTest(
                        network.name(),
                        () -> {
                          TriedModule tried =
                              TriedModule.of(
                                  network.module(options(network.seed())),
                                  Math.min(4, network.images()));
                          deviations.addAll(compare(tried, SAMPLES));
                        }));
    DynamicTest together = DynamicTest.dynamicTest("together", () -> areOfChance(deviations));
    return Stream.concat(each, Stream.of(together));
  }

  /** Every layer by LRT, every layer by BBB, or each as the network has it. */
  private static ModuleOptions options(long seed) {
    ModuleOptions options = ModuleOptions.defaults().withSeed(seed);
    return switch ((int) (seed % 3)) {
      case 0 -> options.withEstimator(Estimator.LRT);
      case 1 -> options.withEstimator(Estimator.BBB);
      default -> options;
    };
  }

  @TestFactory
  Stream<DynamicTest> ofShippedNetworks() {
    return ShippedNetwork.bayesian()
        .flatMap(
            network ->
                Stream.of(Estimator.LRT, Estimator.BBB)
                    .map(
                        estimator ->
                            DynamicTest.dynamicTest(
                                network + " by " + estimator, () -> compare(network, estimator))));
  }

  private static void compare(ShippedNetwork network, Estimator estimator) throws OrtException {
    ModuleOptions options =
        ModuleOptions.defaults()
            .withSeed(3)
            .withEstimator(estimator)
            .withPriors(Priors.defaults().withRhoMean(-4));
    TriedModule tried = TriedModule.of(network.create(options), 2);
    compare(tried, affordable(tried, estimator));
  }

  /** Fewer samples of a network with millions of weights, above all if each draws all of them. */
  private static int affordable(TriedModule tried, Estimator estimator) {
    int weights = tried.module().parameters().stream().mapToInt(Parameter::size).sum();
    if (weights < 1_000_000) {
      return 50;
    }
    return estimator == Estimator.BBB ? 12 : 25;
  }

  /** Returns by how many standard errors the moments differ. */
  private static List<Double> compare(TriedModule tried, int samples) throws OrtException {
    SampledMoments expected = SampledMoments.of(tried.softened(), samples);
    OnnxExport export = OnnxExport.prediction(tried.module(), samples).withSeed(1);
    try (OpenModel model = OpenModel.of(export)) {
      Map<String, float[]> outputs = model.run(tried.batch(), tried.shape());
      List<SampledMoments.Deviation> deviations = expected.deviations(outputs);
      for (SampledMoments.Deviation deviation : deviations) {
        assertTrue(Math.abs(deviation.standardErrors()) <= STANDARD_ERRORS, deviation::toString);
      }
      return deviations.stream().map(SampledMoments.Deviation::standardErrors).toList();
    }
  }

  /** The sum of n squares of standard normal numbers has the mean n and the variance 2 n. */
  private static void areOfChance(List<Double> deviations) {
    double sum = deviations.stream().mapToDouble(z -> z * z).sum();
    // Those of networks that do not sample are 0.
    double n = deviations.stream().filter(z -> z != 0).count();
    assertTrue(n >= 2 * DRAWN, () -> "only " + n);
    assertTrue(
        Math.abs(sum - n) <= STANDARD_ERRORS * Math.sqrt(2 * n),
        () -> "the squares of " + n + " deviations sum to " + sum);
  }
}
