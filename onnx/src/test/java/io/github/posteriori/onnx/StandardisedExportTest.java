package io.github.posteriori.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models standardise their input as the module does that they are exported from. */
class StandardisedExportTest {
  private static final ModuleOptions POINT =
      ModuleOptions.defaults().withSeed(3).withEstimator(Estimator.POINT);

  private static Stream<BayesModule> modules() {
    return Stream.of(
        BayesLeNetModule.create(2, 3, POINT),
        Chain.of(
            POINT,
            Shape.features(4),
            build -> {
              NetworkLayer fc = build.bayesLinear("fc", build.input(), 3, true);
              return List.<NetworkLayer[]>of(new NetworkLayer[] {fc});
            }));
  }

  /** Examples whose channels or features are on different scales. */
  private static float[] examples(Shape shape, int count) {
    int channels = shape instanceof Shape.Image image ? image.channels() : shape.size();
    float[] numbers = NoiseKey.training(1, 2).of(0).uniform(0, count, shape.size());
    int plane = shape.size() / channels;
    for (int i = 0; i < numbers.length; i++) {
      int channel = i % shape.size() / plane;
      numbers[i] = channel == 0 ? 0.7f + 0.02f * numbers[i] : 0.2f * numbers[i];
    }
    return numbers;
  }

  @ParameterizedTest
  @MethodSource("modules")
  void logitsAreThoseOfTheModule(BayesModule module) throws OrtException {
    Shape shape = module.inputShape();
    float[] images = examples(shape, 12);
    float[][] rows = new float[12][shape.size()];
    int[] labels = new int[12];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(images, i * shape.size(), rows[i], 0, shape.size());
      labels[i] = i % 3;
    }
    Dataset set = Dataset.of("scales", shape, 3, rows, labels);
    Trainer.of(
            module, TrainingOptions.defaults().withEpochs(1).withBatch(6).withStandardisation(true))
        .fit(set);
    Standardisation learned = module.standardisation().orElseThrow();
    assertEquals(0.71, learned.means().get(0), 0.01);
    float[] expected =
        module.runner().forward(learned.apply(images, shape.size()), 12, NoiseKey.evaluation(0, 0));
    try (OpenModel model = OpenModel.of(OnnxExport.pointEstimate(module))) {
      float[] found = model.run(images, shape.batch(12)).get("logits");
      double largest = 0;
      for (float logit : expected) {
        largest = Math.max(largest, Math.abs(logit));
      }
      assertTrue(largest > 0);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 2e-5 * largest, "logit " + i);
      }
    }
  }
}
