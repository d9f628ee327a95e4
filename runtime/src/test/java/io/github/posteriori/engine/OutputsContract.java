package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outputs depend on weights, images and the noise key, and on nothing else. */
abstract class OutputsContract {
  private static final int IMAGES = 16;
  private static final int CLASSES = 3;
  private static final float[] PIXELS = NoiseKey.training(1, 2).of(3).uniform(0, IMAGES, 144);

  protected abstract String engine();

  private NetworkRunner runner(Estimator estimator) {
    return module(estimator).runner();
  }

  private Chain module(Estimator estimator) {
    ModuleOptions options =
        ModuleOptions.defaults().withSeed(8).withEngine(engine()).withEstimator(estimator);
    return Chain.small(options, CLASSES);
  }

  @ParameterizedTest
  @EnumSource(
      value = Estimator.class,
      names = {"LRT", "BBB"})
  void areDrawnAnewForEachSample(Estimator estimator) {
    NetworkRunner runner = runner(estimator);
    float[] first = runner.forward(PIXELS, IMAGES, NoiseKey.evaluation(1, 0));
    float[] another = runner.forward(PIXELS, IMAGES, NoiseKey.evaluation(1, 1));
    float[] ofAnotherSeed = runner.forward(PIXELS, IMAGES, NoiseKey.evaluation(2, 0));
    assertFalse(Arrays.equals(first, another));
    assertFalse(Arrays.equals(first, ofAnotherSeed));
    assertArrayEquals(first, runner.forward(PIXELS, IMAGES, NoiseKey.evaluation(1, 0)));
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void ofAnImageAreTheSameInABatchOfAnySize(Estimator estimator) {
    NetworkRunner runner = runner(estimator);
    NoiseKey noise = NoiseKey.evaluation(1, 4);
    float[] whole = runner.forward(PIXELS, IMAGES, noise);
    float[] tail =
        runner.forward(
            Arrays.copyOfRange(PIXELS, 11 * 144, IMAGES * 144), 5, noise.withFirstImage(11));
    assertArrayEquals(Arrays.copyOfRange(whole, 11 * CLASSES, IMAGES * CLASSES), tail, 1e-5f);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void ofAnImageThatIsToBeAloneDoNotDependOnItsBatch(Estimator estimator) {
    NetworkRunner runner = runner(estimator);
    NoiseKey noise = NoiseKey.evaluation(1, 4).withFirstImage(7);
    List<float[]> together = new ArrayList<>();
    runner.forward(PIXELS, IMAGES, noise.alone(), 6, together::add);
    for (int i = 0; i < IMAGES; i++) {
      List<float[]> alone = new ArrayList<>();
      float[] image = Arrays.copyOfRange(PIXELS, i * 144, (i + 1) * 144);
      runner.forward(image, 1, noise, 6, alone::add);
      for (int s = 0; s < 6; s++) {
        float[] own = Arrays.copyOfRange(together.get(s), i * CLASSES, (i + 1) * CLASSES);
        assertArrayEquals(alone.get(s), own, 1e-5f, "image " + i + ", sample " + s);
      }
    }
  }

  @Test
  void areThoseOfOneCallerWhenManyCall() {
    NetworkRunner runner = runner(Estimator.LRT);
    float[][] alone = new float[12][];
    for (int t = 0; t < alone.length; t++) {
      alone[t] = runner.forward(PIXELS, IMAGES, NoiseKey.evaluation(1, t));
    }
    List<CompletableFuture<float[]>> together =
        IntStream.range(0, alone.length)
            .mapToObj(
                t ->
                    CompletableFuture.supplyAsync(
                        () -> runner.forward(PIXELS, IMAGES, NoiseKey.evaluation(1, t))))
            .toList();
    for (int t = 0; t < alone.length; t++) {
      assertArrayEquals(alone[t], together.get(t).join(), 1e-6f);
    }
  }

  @Test
  void areExplainedLayerByLayer() {
    Chain module = module(Estimator.LRT);
    List<String> explained = module.runner().explain(256);
    assertFalse(explained.isEmpty());
    List<String> layers = module.network().layers().stream().map(NetworkLayer::name).toList();
    for (String line : explained) {
      assertTrue(layers.contains(line.substring(0, line.indexOf(':'))), line);
    }
  }
}
