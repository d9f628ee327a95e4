package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

class Nd4jEngineTest {
  private static final int IMAGES = 16;
  private static final int CLASSES = 3;
  private static final Objective HALF_SQUARES =
      (first, count, logits, gradients) -> {
        double sum = 0;
        for (int s = 0; s < logits.length; s++) {
          for (int i = 0; i < logits[s].length; i++) {
            gradients[s][i] = logits[s][i];
            sum += 0.5 * logits[s][i] * logits[s][i];
          }
        }
        return sum;
      };

  private final Nd4jEngine engine = new Nd4jEngine();
  private final float[] images = pixels();

  private static float[] pixels() {
    return NoiseKey.training(1, 2).of(3).uniform(0, IMAGES, 144);
  }

  private static Chain module(DataType type, Estimator estimator) {
    return Chain.small(
        type, ModuleOptions.defaults().withSeed(8).withEstimator(estimator), CLASSES);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void computesInFloatWhatItComputesInDouble(Estimator estimator) {
    Chain single = module(DataType.FLOAT, estimator);
    Chain precise = module(DataType.DOUBLE, estimator);
    NoiseKey noise = NoiseKey.training(2, 5);
    assertArrayEquals(
        engine.forward(precise.network(), images, IMAGES, noise),
        engine.forward(single.network(), images, IMAGES, noise),
        1e-5f);
    engine.gradients(precise.network(), images, IMAGES, noise, 2, 0.3, HALF_SQUARES);
    engine.gradients(single.network(), images, IMAGES, noise, 2, 0.3, HALF_SQUARES);
    for (int p = 0; p < single.parameters().size(); p++) {
      Parameter expected = precise.parameters().get(p);
      double error =
          expected
              .gradient()
              .sub(single.parameters().get(p).gradient().castTo(DataType.DOUBLE))
              .norm2Number()
              .doubleValue();
      double norm = expected.gradient().norm2Number().doubleValue();
      assertEquals(0, error / Math.max(norm, 1e-3), 1e-5, expected.name());
    }
  }

  @Test
  void addsTheGradientsOfAllSamples() {
    Chain module = module(DataType.DOUBLE, Estimator.LRT);
    NoiseKey noise = NoiseKey.training(2, 5);
    double[] sum = new double[Math.toIntExact(module.parameters().get(0).gradient().length())];
    for (int s = 0; s < 2; s++) {
      engine.gradients(module.network(), images, IMAGES, noise.withSample(s), 1, 0, HALF_SQUARES);
      double[] one = module.parameters().get(0).gradient().data().asDouble();
      Arrays.setAll(sum, i -> sum[i] + one[i]);
    }
    engine.gradients(module.network(), images, IMAGES, noise, 2, 0, HALF_SQUARES);
    assertArrayEquals(sum, module.parameters().get(0).gradient().data().asDouble(), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Estimator.class,
      names = {"LRT", "BBB"})
  void drawsAnewForEachSample(Estimator estimator) {
    Chain module = module(DataType.FLOAT, estimator);
    float[] first = engine.forward(module.network(), images, IMAGES, NoiseKey.evaluation(1, 0));
    assertArrayEquals(
        first, engine.forward(module.network(), images, IMAGES, NoiseKey.evaluation(1, 0)));
    assertFalse(
        Arrays.equals(
            first, engine.forward(module.network(), images, IMAGES, NoiseKey.evaluation(1, 1))));
    assertFalse(
        Arrays.equals(
            first, engine.forward(module.network(), images, IMAGES, NoiseKey.evaluation(2, 0))));
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void givesAnImageTheSameLogitsInABatchOfAnySize(Estimator estimator) {
    Chain module = module(DataType.FLOAT, estimator);
    NoiseKey noise = NoiseKey.evaluation(1, 4);
    float[] whole = engine.forward(module.network(), images, IMAGES, noise);
    float[] tail =
        engine.forward(
            module.network(),
            Arrays.copyOfRange(images, 11 * 144, IMAGES * 144),
            5,
            noise.withFirstImage(11));
    assertArrayEquals(Arrays.copyOfRange(whole, 11 * CLASSES, IMAGES * CLASSES), tail, 1e-5f);
  }

  @Test
  void servesManyThreadsAtATime() {
    Chain module = module(DataType.FLOAT, Estimator.LRT);
    float[][] alone = new float[12][];
    for (int t = 0; t < alone.length; t++) {
      alone[t] = engine.forward(module.network(), images, IMAGES, NoiseKey.evaluation(1, t));
    }
    var together =
        IntStream.range(0, alone.length)
            .mapToObj(
                t ->
                    CompletableFuture.supplyAsync(
                        () ->
                            engine.forward(
                                module.network(), images, IMAGES, NoiseKey.evaluation(1, t))))
            .toList();
    for (int t = 0; t < alone.length; t++) {
      assertArrayEquals(alone[t], together.get(t).join(), 1e-6f);
    }
  }
}
