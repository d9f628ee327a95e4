package io.github.posteriori.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
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

  @Test
  void ofLayersThatEnlarge() throws OrtException {
    Window halving = Window.kernel(3, 2).stride(2, 3).padding(1, 0).dilation(1, 2);
    Chain chain =
        Chain.of(
            POINT,
            build -> {
              NetworkLayer transposed =
                  build.bayesConvTranspose(
                      "transposed", Shape.image(4, 3, 4), Filters.of(6, halving).groups(2), 1, 2);
              NetworkLayer bilinear =
                  build.upsample("up", transposed.output(), 2, 3, Interpolation.BILINEAR);
              NetworkLayer flatten = build.flatten("flatten", bilinear.output());
              NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 5, true);
              return List.of(
                  new NetworkLayer[] {transposed},
                  new NetworkLayer[] {bilinear},
                  new NetworkLayer[] {flatten},
                  new NetworkLayer[] {fc});
            });
    agrees(TriedModule.of(chain, 3));
  }

  /** Output padding from the stride on, which a dilation allows. */
  @Test
  void ofOutputPaddingThatReachesTheDilation() throws OrtException {
    Window window = Window.kernel(2, 3).stride(1, 2).padding(1, 2).dilation(3, 4);
    Chain chain =
        Chain.of(
            POINT,
            build -> {
              NetworkLayer transposed =
                  build.bayesConvTranspose(
                      "transposed", Shape.image(4, 3, 4), Filters.of(6, window), 2, 3);
              NetworkLayer flatten = build.flatten("flatten", transposed.output());
              NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 5, true);
              return List.of(
                  new NetworkLayer[] {transposed},
                  new NetworkLayer[] {flatten},
                  new NetworkLayer[] {fc});
            });
    agrees(TriedModule.of(chain, 3));
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
