package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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

  private final float[] images = pixels();

  private static float[] pixels() {
    return NoiseKey.training(1, 2).of(3).uniform(0, IMAGES, 144);
  }

  private static Nd4jRunner runner(DataType type, Estimator estimator) {
    return new Nd4jRunner(module(estimator).network(), type);
  }

  private static Chain module(Estimator estimator) {
    return Chain.small(ModuleOptions.defaults().withSeed(8).withEstimator(estimator), CLASSES);
  }

  private StepRequest request(NoiseKey noise, int samples, double beta) {
    return new StepRequest(images, IMAGES, noise, samples, beta, HALF_SQUARES);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void computesInFloatWhatItComputesInDouble(Estimator estimator) {
    Chain module = module(estimator);
    Nd4jRunner single = new Nd4jRunner(module.network(), DataType.FLOAT);
    Nd4jRunner precise = new Nd4jRunner(module.network(), DataType.DOUBLE);
    NoiseKey noise = NoiseKey.training(2, 5);
    assertArrayEquals(
        precise.forward(images, IMAGES, noise), single.forward(images, IMAGES, noise), 1e-5f);
    precise.gradients(request(noise, 2, 0.3));
    single.gradients(request(noise, 2, 0.3));
    for (Parameter parameter : module.parameters()) {
      INDArray expected = precise.arrays().gradient(parameter);
      INDArray found = single.arrays().gradient(parameter).castTo(DataType.DOUBLE);
      double error = expected.sub(found).norm2Number().doubleValue();
      double norm = expected.norm2Number().doubleValue();
      assertEquals(0, error / Math.max(norm, 1e-3), 1e-5, parameter.name());
    }
  }

  @Test
  void addsTheGradientsOfAllSamples() {
    Chain module = module(Estimator.LRT);
    Nd4jRunner runner = new Nd4jRunner(module.network(), DataType.DOUBLE);
    NoiseKey noise = NoiseKey.training(2, 5);
    INDArray gradient = runner.arrays().gradient(module.parameters().get(0));
    INDArray sum = gradient.like();
    for (int s = 0; s < 2; s++) {
      runner.gradients(request(noise.withSample(s), 1, 0));
      sum.addi(gradient);
    }
    runner.gradients(request(noise, 2, 0));
    assertArrayEquals(sum.data().asDouble(), gradient.data().asDouble(), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Estimator.class,
      names = {"LRT", "BBB"})
  void drawsAnewForEachSample(Estimator estimator) {
    Nd4jRunner runner = runner(DataType.FLOAT, estimator);
    float[] first = runner.forward(images, IMAGES, NoiseKey.evaluation(1, 0));
    assertArrayEquals(first, runner.forward(images, IMAGES, NoiseKey.evaluation(1, 0)));
    assertFalse(Arrays.equals(first, runner.forward(images, IMAGES, NoiseKey.evaluation(1, 1))));
    assertFalse(Arrays.equals(first, runner.forward(images, IMAGES, NoiseKey.evaluation(2, 0))));
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void givesAnImageTheSameLogitsInABatchOfAnySize(Estimator estimator) {
    Nd4jRunner runner = runner(DataType.FLOAT, estimator);
    NoiseKey noise = NoiseKey.evaluation(1, 4);
    float[] whole = runner.forward(images, IMAGES, noise);
    float[] tail =
        runner.forward(
            Arrays.copyOfRange(images, 11 * 144, IMAGES * 144), 5, noise.withFirstImage(11));
    assertArrayEquals(Arrays.copyOfRange(whole, 11 * CLASSES, IMAGES * CLASSES), tail, 1e-5f);
  }

  @Test
  void servesManyThreadsAtATime() {
    Nd4jRunner runner = runner(DataType.FLOAT, Estimator.LRT);
    float[][] alone = new float[12][];
    for (int t = 0; t < alone.length; t++) {
      alone[t] = runner.forward(images, IMAGES, NoiseKey.evaluation(1, t));
    }
    var together =
        IntStream.range(0, alone.length)
            .mapToObj(
                t ->
                    CompletableFuture.supplyAsync(
                        () -> runner.forward(images, IMAGES, NoiseKey.evaluation(1, t))))
            .toList();
    for (int t = 0; t < alone.length; t++) {
      assertArrayEquals(alone[t], together.get(t).join(), 1e-6f);
    }
  }
}
