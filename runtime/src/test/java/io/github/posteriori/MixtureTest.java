package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Uncertainty;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Experts written by hand: linear layers that look at pixels of their own. The first knows classes
 * 0 and 1, the second 2, 3 and 4, and class k shows in pixel k.
 */
class MixtureTest {
  private static final Shape.Image INPUT = Shape.image(1, 1, 5);

  private final Mixture mixture = Mixture.of(List.of(expert(0, 2, 1e-4), expert(2, 3, 1e-4)));

  /** Logit k is 20 times pixel {@code first + k}, and every weight has the same sigma. */
  private static Chain expert(int first, int classes, double sigma) {
    Chain module =
        Chain.of(
            ModuleOptions.defaults(),
            build -> {
              NetworkLayer flatten = build.flatten("flatten", INPUT);
              NetworkLayer fc = build.bayesLinear("fc", flatten.output(), classes, false);
              return List.of(new NetworkLayer[] {flatten}, new NetworkLayer[] {fc});
            });
    for (Parameter parameter : module.parameters()) {
      boolean mean = parameter.name().equals("fc.W_mu");
      Numbers.change(parameter, x -> mean ? 0 : Math.log(Math.expm1(sigma)));
      for (int k = 0; mean && k < classes; k++) {
        Numbers.set(parameter, k * 5 + first + k, 20);
      }
    }
    return module;
  }

  private static float[] image(int shown) {
    float[] pixels = new float[5];
    pixels[shown] = 1;
    return pixels;
  }

  private static INDArray images(int... shown) {
    INDArray images = Nd4j.zeros(shown.length, 1, 1, 5);
    for (int i = 0; i < shown.length; i++) {
      images.putScalar(new int[] {i, 0, 0, shown[i]}, 1);
    }
    return images;
  }

  @Test
  void theExpertThatIsSureAnswersInTheNumbersOfAllClasses() {
    List<Mixture.Answer> answers =
        mixture.predict(images(3, 0, 4, 1, 2), 4, Normalisation.SOFTMAX, Uncertainty.ALEATORIC);
    assertEquals(List.of(3, 0, 4, 1, 2), answers.stream().map(Mixture.Answer::category).toList());
    assertEquals(List.of(1, 0, 1, 0, 1), answers.stream().map(Mixture.Answer::expert).toList());
    for (Mixture.Answer answer : answers) {
      assertTrue(answer.probability() > 0.999, answer.toString());
      assertTrue(answer.uncertainty() < 1e-3, answer.toString());
    }
    assertEquals(5, mixture.classes());
  }

  @ParameterizedTest
  @CsvSource({"EPISTEMIC, 1", "ALEATORIC, 0", "BOTH, 1"})
  void theKindOfUncertaintyDecidesWhoAnswers(Uncertainty by, int expert) {
    // Both experts say classes 0 and 1; one wavers between samples, one is evenly torn in each.
    Prediction wavers = opinion(new double[] {1, 0}, new double[] {0, 1});
    Prediction torn = opinion(new double[] {0.45, 0.55}, new double[] {0.55, 0.45});
    Prediction leansFar = opinion(new double[] {0.7, 0.3}, new double[] {0.7, 0.3});
    Mixture two = Mixture.of(List.of(expert(0, 2, 1e-4), expert(2, 2, 1e-4)));
    assertEquals(expert, two.answers(List.of(wavers, leansFar), by).get(0).expert());
    assertEquals(0, two.answers(List.of(torn, torn), by).get(0).expert(), "the first of equals");
  }

  /** Of one image, from two samples. */
  private static Prediction opinion(double[] one, double[] other) {
    var moments = new io.github.posteriori.uncertainty.PredictiveMoments(1, 2);
    moments.add(one);
    moments.add(other);
    return Prediction.of(moments);
  }

  @Test
  void givesTheUncertaintyThatItCompares() {
    INDArray images = images(1, 3);
    for (Uncertainty by : Uncertainty.values()) {
      List<Mixture.Answer> answers = mixture.predict(images, 3, Normalisation.SOFTMAX, by);
      for (int i = 0; i < 2; i++) {
        Prediction own = mixture.experts().get(answers.get(i).expert()).predict(images, 3);
        assertEquals(by.of(own)[i], answers.get(i).uncertainty(), 1e-12);
      }
    }
  }

  @Test
  void measuresAnswersAndChoices() {
    // The fourth image is labelled 0 but shows 4: the wrong expert answers, and the right one,
    // which sees nothing, says 0.
    float[][] pixels = {image(0), image(2), image(1), image(4), image(3)};
    Dataset set = Dataset.of("set", INPUT, 5, pixels, new int[] {0, 2, 1, 0, 4});
    List<MixtureScore> scores = new MixtureEvaluator(mixture, 3, 2).evaluate(set);
    assertEquals(6, scores.size());
    MixtureScore aleatoric = scores.get(1);
    assertEquals(Normalisation.SOFTMAX, aleatoric.normalisation());
    assertEquals(Uncertainty.ALEATORIC, aleatoric.by());
    assertEquals(3 / 5.0, aleatoric.accuracy());
    assertEquals(4 / 5.0, aleatoric.rightExpert());
    double informed = aleatoric.informedAccuracy();
    assertTrue(informed == 3 / 5.0 || informed == 4 / 5.0, "the label 4 that shows 3 is wrong");
    for (int batch : new int[] {1, 5}) {
      assertEquals(scores, new MixtureEvaluator(mixture, 3, batch).evaluate(set));
    }
  }

  @Test
  void refusesWhatIsNoMixture() {
    assertRefused("1 experts", () -> Mixture.of(List.of(expert(0, 2, 1))));
    Chain other = Chain.small(ModuleOptions.defaults(), 3);
    assertRefused("expected one shape", () -> Mixture.of(List.of(expert(0, 2, 1), other)));
    Dataset few = Dataset.of("few", INPUT, 4, new float[1][5], new int[1]);
    assertRefused("4 classes, expected 5", () -> new MixtureEvaluator(mixture, 1, 1).evaluate(few));
    Dataset wide = Dataset.of("wide", Shape.image(1, 2, 5), 5, new float[1][10], new int[1]);
    assertRefused("expected [1, 1, 5]", () -> new MixtureEvaluator(mixture, 1, 1).evaluate(wide));
    assertRefused("samples is 0", () -> new MixtureEvaluator(mixture, 0, 1));
    assertRefused("batch is 0", () -> new MixtureEvaluator(mixture, 1, 0));
    assertRefused(
        "samples is 0",
        () -> mixture.predict(images(1), 0, Normalisation.SOFTMAX, Uncertainty.BOTH));
  }

  private static void assertRefused(
      String found, org.junit.jupiter.api.function.Executable refused) {
    String message = assertThrows(IllegalArgumentException.class, refused).getMessage();
    assertTrue(message.contains(found), message);
  }
}
