package io.github.posteriori.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.noise.NoiseKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The logits of the exported point estimate are those of the module at its means. */
class PointEstimateTest {
  private static final double TOLERANCE = 1e-5;
  private static final int DRAWN = 100;
  private static final ModuleOptions POINT =
      ModuleOptions.defaults().withSeed(5).withEstimator(Estimator.POINT);

  @TestFactory
  Stream<DynamicTest> ofShippedNetworks() {
    return ShippedNetwork.all()
        .map(
            network ->
                DynamicTest.dynamicTest(
                    network.name(), () -> agrees(TriedModule.of(network.create(POINT), 2))));
  }

  @TestFactory
  Stream<DynamicTest> ofDrawnNetworks() {
    return ExportableNetworks.drawn(DRAWN)
        .map(
            network ->
                DynamicTest.dynamicTest(
                    network.name(),
                    () -> agrees(TriedModule.of(network.module(POINT), network.images()))));
  }

  private static void agrees(TriedModule tried) throws OrtException {
    BayesModule module = tried.module();
    float[] expected =
        module.runner().forward(tried.batch(), tried.count(), NoiseKey.evaluation(0, 0));
    try (OpenModel model = OpenModel.of(OnnxExport.pointEstimate(module))) {
      float[] found = model.run(tried.batch(), tried.shape()).get("logits");
      double difference = 0;
      double scale = 0;
      for (int i = 0; i < expected.length; i++) {
        difference = Math.max(difference, Math.abs(expected[i] - found[i]));
        scale = Math.max(scale, Math.abs(expected[i]));
      }
      assertTrue(
          difference <= TOLERANCE * scale, "off by " + difference + " where logits reach " + scale);
    }
  }
}
