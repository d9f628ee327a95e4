package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.View;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TestTimeAugmentationTest {
  private static final Shape.Image SHAPE = Shape.image(1, 12, 12);
  private static final int CLASSES = 3;
  private static final int IMAGES = 2;
  private static final int SAMPLES = 4;
  private static final List<View> VIEWS = View.of(Augmentation.parse("shift:2,flip"), SHAPE);

  @TempDir Path folder;

  private static Chain module(Estimator estimator) {
    return Chain.small(ModuleOptions.defaults().withSeed(4).withEstimator(estimator), CLASSES);
  }

  private static float[] images() {
    return NoiseKey.training(7, 0).of(1).uniform(0, 1, IMAGES * SHAPE.size());
  }

  private static INDArray array(float[] images) {
    return Nd4j.create(images, SHAPE.batch(IMAGES), 'c');
  }

  /** The draws of each view are those that the module has of the view as a picture. */
  @ParameterizedTest
  @EnumSource(Estimator.class)
  void averagesTheSameDrawsOverAllViewsAndItsPartsAddUp(Estimator estimator) {
    Chain module = module(estimator);
    double[] mean = new double[IMAGES * CLASSES];
    double[] squares = new double[mean.length];
    for (View view : VIEWS) {
      List<PredictiveSamples> samples =
          module.sample(array(view.of(images(), IMAGES, SHAPE)), SAMPLES);
      for (int i = 0; i < mean.length; i++) {
        for (double[] p : samples.get(i / CLASSES).probabilities()) {
          mean[i] += p[i % CLASSES] / (VIEWS.size() * SAMPLES);
          squares[i] += p[i % CLASSES] * p[i % CLASSES] / (VIEWS.size() * SAMPLES);
        }
      }
    }
    module.predictor(TestTimeAugmentation.of(module.predictor(), VIEWS));
    List<PredictiveSamples> drawn = module.sample(array(images()), SAMPLES);
    assertEquals(VIEWS.size() * SAMPLES, drawn.get(0).probabilities().length);
    for (int i = 0; i < IMAGES; i++) {
      Prediction found = drawn.get(i).prediction();
      for (int k = 0; k < CLASSES; k++) {
        double p = mean[i * CLASSES + k];
        double epistemic = squares[i * CLASSES + k] - p * p;
        assertEquals(p, found.probabilities().getDouble(0, k), 1e-6);
        assertEquals(epistemic, found.epistemic().getDouble(0, k), 1e-6);
        assertEquals(p - p * p - epistemic, found.aleatoric().getDouble(0, k), 1e-6);
        assertTrue(epistemic > 1e-9, "views differ, of point weights as well");
      }
    }
  }

  @Test
  void wrapsAnyPredictorAndItself() {
    Chain module = module(Estimator.POINT);
    Predictor ensemble = Predictor.ensemble(List.of(module(Estimator.POINT)));
    module.predictor(TestTimeAugmentation.of(ensemble, VIEWS));
    assertEquals("ensemble", module.predictor().method());
    assertEquals(2 * VIEWS.size(), module.predictor().draws(module, SAMPLES));
    TestTimeAugmentation again = TestTimeAugmentation.of(module.predictor(), VIEWS.subList(0, 2));
    assertSame(ensemble, again.kept());
    assertEquals(4, again.draws(module, SAMPLES));
  }

  @Test
  void aCheckpointKeepsThePredictorWithoutTheViews() throws Exception {
    Chain module = module(Estimator.LRT);
    Path plain = folder.resolve("plain.safetensors");
    Path viewing = folder.resolve("viewing.safetensors");
    module.save(plain);
    module.predictor(TestTimeAugmentation.of(module.predictor(), VIEWS));
    module.save(viewing);
    assertArrayEquals(Files.readAllBytes(plain), Files.readAllBytes(viewing));
    module.predictor(
        TestTimeAugmentation.of(Predictor.ensemble(List.of(module(Estimator.LRT))), VIEWS));
    module.save(viewing);
    assertEquals("ensemble", Checkpoint.read(viewing).method());
  }

  @Test
  void refusesWhatHasNoViewsAndWhatWouldPromiseWithoutThem() {
    Chain module = module(Estimator.LRT);
    module.predictor(TestTimeAugmentation.of(module.predictor(), VIEWS));
    String calibrated =
        assertThrows(
                IllegalArgumentException.class, () -> Calibrator.of(new Evaluator(module, 2, 8)))
            .getMessage();
    assertTrue(calibrated.contains("by views of each image"), calibrated);
    String free =
        assertThrows(IllegalStateException.class, () -> module.predictMoments(array(images())))
            .getMessage();
    assertTrue(free.contains("predicts by views"), free);
    Chain features =
        Chain.of(
            ModuleOptions.defaults(),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {build.bayesLinear("fc", Shape.features(4), 2, true)}));
    Predictor views = TestTimeAugmentation.of(features.predictor(), VIEWS);
    String refused =
        assertThrows(IllegalArgumentException.class, () -> features.predictor(views)).getMessage();
    assertTrue(refused.contains("expected images, of which there are views"), refused);
    assertThrows(
        IllegalArgumentException.class,
        () -> TestTimeAugmentation.of(Predictor.posterior(), List.of()));
  }
}
