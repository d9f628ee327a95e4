package io.github.posteriori.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.models.LeNetModule;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a model draws, and what it takes of the draws. */
class SamplingTest {
  private static final int CLASSES = 3;

  /** An image and the same again. */
  private static final TriedModule TWINS = twins(Estimator.LRT);

  private static TriedModule twins(Estimator estimator) {
    BayesModule module =
        BayesLeNetModule.create(1, CLASSES, ModuleOptions.defaults().withEstimator(estimator));
    float[] image = TriedModule.of(module, 1).batch();
    float[] both = Arrays.copyOf(image, 2 * image.length);
    System.arraycopy(image, 0, both, image.length, image.length);
    return new TriedModule(module, 2, both).softened();
  }

  private static Map<String, float[]> run(OpenModel model, TriedModule tried) throws OrtException {
    return model.run(tried.batch(), tried.shape());
  }

  @ParameterizedTest
  @EnumSource(names = {"LRT", "BBB"})
  void eachSampleAndEachRunIsAnotherDraw(Estimator estimator) throws OrtException {
    TriedModule tried = twins(estimator);
    try (OpenModel model = OpenModel.of(OnnxExport.prediction(tried.module(), 2))) {
      Map<String, float[]> first = run(model, tried);
      Map<String, float[]> second = run(model, tried);
      for (float variance : first.get("epistemic")) {
        assertTrue(variance > 1e-9, () -> Arrays.toString(first.get("epistemic")));
      }
      assertFalse(Arrays.equals(first.get("probabilities"), second.get("probabilities")));
    }
  }

  @Test
  void sessionsOfASeedBeginWithTheSameDraws() throws OrtException {
    OnnxExport export = OnnxExport.prediction(TWINS.module(), 2);
    assertArrayEquals(begin(export.withSeed(7)), begin(export.withSeed(7)));
    assertFalse(Arrays.equals(begin(export.withSeed(7)), begin(export.withSeed(8))));
  }

  private static float[] begin(OnnxExport export) throws OrtException {
    try (OpenModel model = OpenModel.of(export)) {
      return run(model, TWINS).get("probabilities");
    }
  }

  @Test
  void bayesByBackpropDrawsTheWeightsOnceForTheBatch() throws OrtException {
    TriedModule tried = twins(Estimator.BBB);
    try (OpenModel model = OpenModel.of(OnnxExport.prediction(tried.module(), 3))) {
      float[] p = run(model, tried).get("probabilities");
      assertArrayEquals(
          Arrays.copyOf(p, CLASSES), Arrays.copyOfRange(p, CLASSES, 2 * CLASSES), 1e-6f);
    }
  }

  @Test
  void localReparametrisationDrawsForEachImage() throws OrtException {
    try (OpenModel model = OpenModel.of(OnnxExport.prediction(TWINS.module(), 3))) {
      float[] p = run(model, TWINS).get("probabilities");
      IntStream.range(0, CLASSES)
          .forEach(
              k -> assertTrue(Math.abs(p[k] - p[CLASSES + k]) > 1e-6, () -> Arrays.toString(p)));
    }
  }

  @Test
  void probabilitiesSumTo1AndUncertaintiesToTheirVariance() throws OrtException {
    try (OpenModel model = OpenModel.of(OnnxExport.prediction(TWINS.module(), 20))) {
      Map<String, float[]> outputs = run(model, TWINS);
      float sum = 0;
      for (int i = 0; i < 2 * CLASSES; i++) {
        float p = outputs.get("probabilities")[i];
        sum += p;
        assertEquals(p - p * p, outputs.get("epistemic")[i] + outputs.get("aleatoric")[i], 1e-6f);
      }
      assertEquals(2, sum, 1e-6f);
    }
  }

  @Test
  void oneSampleHasNoEpistemicUncertainty() throws OrtException {
    try (OpenModel model = OpenModel.of(OnnxExport.prediction(TWINS.module(), 1))) {
      assertArrayEquals(new float[2 * CLASSES], run(model, TWINS).get("epistemic"));
    }
  }

  @Test
  void aNetworkWithoutPosteriorIsSureOfItsProbabilities() throws OrtException {
    BayesModule module = LeNetModule.create(1, CLASSES, ModuleOptions.defaults());
    TriedModule tried = TriedModule.of(module, 2).softened();
    try (OpenModel model = OpenModel.of(OnnxExport.prediction(module, 25))) {
      Map<String, float[]> outputs = run(model, tried);
      SampledMoments expected = SampledMoments.of(tried, 1);
      assertArrayEquals(toFloats(expected.samples().get(0)), outputs.get("probabilities"), 1e-6f);
      assertArrayEquals(new float[2 * CLASSES], outputs.get("epistemic"));
    }
  }

  private static float[] toFloats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @Test
  void batchesMayHaveAnySize() throws OrtException {
    try (OpenModel model = OpenModel.of(OnnxExport.pointEstimate(TWINS.module()))) {
      float[] both = run(model, TWINS).get("logits");
      float[] one =
          model
              .run(
                  Arrays.copyOf(TWINS.batch(), TWINS.batch().length / 2),
                  TWINS.module().inputShape().batch(1))
              .get("logits");
      assertArrayEquals(Arrays.copyOf(both, CLASSES), one, 1e-5f);
    }
  }
}
