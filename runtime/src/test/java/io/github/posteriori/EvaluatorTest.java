package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.SetUncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EvaluatorTest {
  private static final int SAMPLES = 6;
  private static final int IMAGES = 7;

  private static Chain module(Estimator estimator) {
    // Wide posteriors, so that draws differ well above rounding.
    ModuleOptions options =
        ModuleOptions.defaults().withEstimator(estimator).withPriors(Priors.ofPyTorchBayesianCnn());
    return Chain.small(options, 3);
  }

  private static float[][] pixels() {
    Random random = new Random(3);
    float[][] pixels = new float[IMAGES][144];
    for (float[] image : pixels) {
      for (int i = 0; i < image.length; i++) {
        image[i] = random.nextFloat();
      }
    }
    return pixels;
  }

  private static Dataset set(float[][] pixels) {
    return Dataset.of("noise", Shape.image(1, 12, 12), 3, pixels, new int[pixels.length]);
  }

  private static INDArray batch(float[][] pixels) {
    return Nd4j.create(pixels).reshape(pixels.length, 1, 12, 12);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void predictsASetAsTheModuleDoesInBatchesOfAnySize(Estimator estimator) {
    Chain module = module(estimator);
    Map<Normalisation, Prediction> whole =
        Normalisation.each(n -> module.predict(batch(pixels()), SAMPLES, n));
    for (int batch : new int[] {1, 3, IMAGES}) {
      List<Integer> firsts = new ArrayList<>();
      new Evaluator(module, SAMPLES, batch)
          .predict(
              set(pixels()),
              (next, predictions) -> {
                firsts.add(next.first());
                predictions.forEach(
                    (normalisation, prediction) -> {
                      for (int i = 0; i < next.count(); i++) {
                        int image = next.first() + i;
                        Prediction all = whole.get(normalisation);
                        assertArrayEquals(
                            all.probabilities().getRow(image).toDoubleVector(),
                            prediction.probabilities().getRow(i).toDoubleVector(),
                            1e-5);
                        assertArrayEquals(
                            all.epistemic().getRow(image).toDoubleVector(),
                            prediction.epistemic().getRow(i).toDoubleVector(),
                            1e-5);
                      }
                    });
              });
      assertEquals((IMAGES + batch - 1) / batch, firsts.size());
    }
  }

  /** The decomposition written out over the logits of {@code forward(images, t)}. */
  @ParameterizedTest
  @EnumSource(Estimator.class)
  void followsTheFormulaOverTheModulesOwnSamples(Estimator estimator) {
    Chain module = module(estimator);
    INDArray images = batch(pixels());
    for (Normalisation normalisation : Normalisation.values()) {
      Prediction prediction = module.predict(images, SAMPLES, normalisation);
      double[][] samples = new double[SAMPLES][];
      for (int t = 0; t < SAMPLES; t++) {
        float[] logits = module.forward(images, t).logits().dup('c').data().asFloat();
        samples[t] = normalisation.probabilities(logits, 3);
      }
      for (int i = 0; i < 3 * IMAGES; i++) {
        double mean = 0;
        for (double[] sample : samples) {
          mean += sample[i] / SAMPLES;
        }
        double epistemic = 0;
        double aleatoric = 0;
        for (double[] sample : samples) {
          epistemic += (sample[i] - mean) * (sample[i] - mean) / SAMPLES;
          aleatoric += (sample[i] - sample[i] * sample[i]) / SAMPLES;
        }
        assertEquals(mean, prediction.probabilities().getDouble(i / 3, i % 3), 1e-6);
        assertEquals(epistemic, prediction.epistemic().getDouble(i / 3, i % 3), 1e-6);
        assertEquals(aleatoric, prediction.aleatoric().getDouble(i / 3, i % 3), 1e-6);
      }
    }
  }

  /** A batch that repeats one image along its length: with one draw for all there is no spread. */
  @ParameterizedTest
  @EnumSource(Estimator.class)
  void drawsAnewInEveryPass(Estimator estimator) {
    float[][] same = new float[4][];
    Arrays.fill(same, pixels()[0]);
    for (Normalisation normalisation : Normalisation.values()) {
      Prediction prediction = module(estimator).predict(batch(same), SAMPLES, normalisation);
      double least = prediction.epistemic().sum(1).minNumber().doubleValue();
      if (estimator == Estimator.POINT) {
        assertEquals(0, prediction.epistemic().sumNumber().doubleValue());
      } else {
        assertTrue(least > 1e-5, normalisation + " " + least);
      }
    }
  }

  @Test
  void averagesUncertaintyOverASet() {
    Chain module = module(Estimator.LRT);
    Map<Normalisation, SetUncertainty> means =
        new Evaluator(module, SAMPLES, 3).uncertainty(set(pixels()));
    means.forEach(
        (normalisation, mean) -> {
          Prediction all = module.predict(batch(pixels()), SAMPLES, normalisation);
          assertEquals(IMAGES, mean.images());
          assertArrayEquals(all.epistemic().mean(0).toDoubleVector(), mean.epistemic(), 1e-6);
          assertArrayEquals(all.aleatoric().mean(0).toDoubleVector(), mean.aleatoric(), 1e-6);
          assertEquals(all.entropy().meanNumber().doubleValue(), mean.entropy(), 1e-6);
          assertEquals(
              all.mutualInformation().meanNumber().doubleValue(), mean.mutualInformation(), 1e-6);
        });
    assertEquals(List.of(Normalisation.values()), List.copyOf(means.keySet()));
  }

  @Test
  void keepsTheAnswerForEachImage() {
    Chain module = module(Estimator.LRT);
    Evaluator evaluator = new Evaluator(module, SAMPLES, 3);
    MetricsCollector collected = evaluator.collect(set(pixels()));
    Prediction prediction = module.predict(batch(pixels()), SAMPLES);
    double[] highest = prediction.probabilities().max(1).toDoubleVector();
    assertEquals(IMAGES, collected.answers().size());
    for (int i = 0; i < IMAGES; i++) {
      assertEquals(0, collected.answers().get(i).label());
      assertEquals(prediction.classes()[i], collected.answers().get(i).predicted());
      assertEquals(highest[i], collected.answers().get(i).confidence(), 1e-5);
    }
    assertEquals(evaluator.evaluate(set(pixels())), collected.metrics());
  }

  @Test
  void measuresUncertaintyOfClassesThatTheModuleDoesNotKnow() {
    Dataset many = Dataset.of("many", Shape.image(1, 12, 12), 100, pixels(), new int[IMAGES]);
    Evaluator evaluator = new Evaluator(module(Estimator.LRT), 1, 3);
    assertEquals(3, evaluator.uncertainty(many).get(Normalisation.SOFTMAX).epistemic().length);
    assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(many));
  }

  @Test
  void refusesImagesOfAnotherShape() {
    Dataset wide = Dataset.of("wide", Shape.image(1, 12, 13), 3, new float[1][12 * 13], new int[1]);
    Evaluator evaluator = new Evaluator(module(Estimator.LRT), 1, 3);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> evaluator.uncertainty(wide))
            .getMessage()
            .startsWith("the images of wide are [1, 12, 13], expected [1, 12, 12]"));
  }

  @Test
  void refusesPixelsThatAreNotFinite() {
    Chain module = module(Estimator.LRT);
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[][] pixels = pixels();
      pixels[2][7] = wrong;
      String expected =
          " has "
              + wrong
              + " at position 7 of [1, 12, 12], expected finite numbers: look where the image was"
              + " read or scaled";
      Dataset unchecked = new Unchecked(pixels);
      Map<Executable, String> uses =
          Map.of(
              () -> module.predict(batch(pixels), 2),
              "image 2",
              () -> module.forward(batch(pixels)),
              "image 2",
              () -> new Evaluator(module, 1, 2).uncertainty(unchecked),
              "image 2 of unchecked",
              () -> new Evaluator(module, 1, 2).evaluate(unchecked),
              "image 2 of unchecked");
      uses.forEach(
          (use, image) ->
              assertEquals(
                  image + expected,
                  assertThrows(IllegalArgumentException.class, use).getMessage()));
    }
  }

  /** A user's own set that gives what it has. */
  private record Unchecked(float[][] pixels) implements Dataset {
    @Override
    public String name() {
      return "unchecked";
    }

    @Override
    public int size() {
      return pixels.length;
    }

    @Override
    public Shape.Image shape() {
      return Shape.image(1, 12, 12);
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public void image(int index, float[] target, int offset) {
      System.arraycopy(pixels[index], 0, target, offset, 144);
    }
  }
}
