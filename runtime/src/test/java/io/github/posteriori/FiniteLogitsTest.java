package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Uncertainty;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** No prediction is made of logits that are not finite. */
class FiniteLogitsTest {

  /** A network of features, which may be any finite numbers. */
  private static Chain ofFeatures(String engine, Estimator estimator) {
    return Chain.of(
        ModuleOptions.defaults().withEngine(engine).withEstimator(estimator),
        build -> {
          NetworkLayer fc1 = build.bayesLinear("fc1", Shape.features(4), 5, true);
          NetworkLayer bn = build.batchNorm("bn", fc1.output());
          NetworkLayer act = build.activation("act", bn.output(), Activation.RELU);
          NetworkLayer fc2 = build.bayesLinear("fc2", act.output(), 3, true);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {fc1},
              new NetworkLayer[] {bn},
              new NetworkLayer[] {act},
              new NetworkLayer[] {fc2});
        });
  }

  /** Every way to ask for predictions of features, a row for each example. */
  private static Map<String, BiConsumer<Chain, float[][]>> uses() {
    return Map.of(
        "forward", (module, rows) -> module.forward(array(rows)),
        "predict", (module, rows) -> module.predict(array(rows), 2),
        "evaluate", (module, rows) -> new Evaluator(module, 2, 3).evaluate(new Rows(rows)),
        "uncertainty", (module, rows) -> new Evaluator(module, 2, 3).uncertainty(new Rows(rows)),
        "mixture",
            (module, rows) ->
                Mixture.of(List.of(module, module))
                    .predict(array(rows), 2, Normalisation.SOFTMAX, Uncertainty.BOTH));
  }

  private static INDArray array(float[][] rows) {
    return Nd4j.create(rows).castTo(DataType.FLOAT);
  }

  private record Rows(float[][] rows) implements Dataset {
    @Override
    public String name() {
      return "rows";
    }

    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public Shape.Image shape() {
      return Shape.image(1, 1, 4);
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
      System.arraycopy(rows[index], 0, target, offset, 4);
    }
  }

  @ParameterizedTest
  @CsvSource({"vector, LRT", "vector, BBB", "vector, POINT", "nd4j, LRT", "nd4j, POINT"})
  void namesTheImageAndTheFirstLayerThatOverflows(String engine, Estimator estimator) {
    float[][] rows = new float[7][4];
    rows[5] = new float[] {3e38f, 3e38f, -3e38f, 3e38f};
    Chain module = ofFeatures(engine, estimator);
    Numbers.change(module.parameters().get(0), x -> x < 0 ? -100 : 100);
    uses()
        .forEach(
            (use, predicting) -> {
              String message =
                  assertThrows(
                          IllegalArgumentException.class,
                          () -> predicting.accept(module, rows),
                          use)
                      .getMessage();
              assertTrue(
                  message.matches(
                      "image 5 has the logit (NaN|-?Infinity), expected finite ones: layer fc1 is"
                          + " the first whose output is not finite; the largest weight, of"
                          + " fc1.W_mu, is 100.0; look for numbers far too large in the image or"
                          + " the weights"),
                  use + ": " + message);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void namesTheWeightThatIsNotFinite(String engine) {
    Chain module = ofFeatures(engine, Estimator.LRT);
    uses().values().forEach(use -> use.accept(module, new float[4][4]));
    Numbers.set(module.parameters().get(module.parameters().size() - 2), 1, Float.NaN);
    uses()
        .forEach(
            (use, predicting) ->
                assertEquals(
                    "layer fc2: fc2.bias_mu holds NaN, expected finite numbers: load or train"
                        + " others, for these predict nothing",
                    assertThrows(
                            IllegalStateException.class,
                            () -> predicting.accept(module, new float[4][4]),
                            use)
                        .getMessage(),
                    use));
    Numbers.set(module.parameters().get(module.parameters().size() - 2), 1, 0);
    uses().values().forEach(use -> use.accept(module, new float[4][4]));
  }

  /** In nd4j a max-pool takes the largest of the numbers that are some. */
  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void namesTheWeightThatAPoolHides(String engine) {
    Chain module =
        Chain.small(ModuleOptions.defaults().withEngine(engine).withEstimator(Estimator.POINT), 3);
    Numbers.set(module.parameters().get(0), 1, Float.NaN);
    INDArray images = Nd4j.ones(DataType.FLOAT, 2, 1, 12, 12);
    assertEquals(
        "layer conv1: conv1.W_mu holds NaN, expected finite numbers: load or train others, for"
            + " these predict nothing",
        assertThrows(IllegalStateException.class, () -> module.forward(images)).getMessage());
  }
}
