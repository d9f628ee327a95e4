package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A single value has no statistics: no batch of a training may consist of one. */
class NormalisedBatchesTest {
  private static final int CLASSES = 3;

  /** A batch normalisation of an image, or of features. */
  private static Chain module(int pixels, boolean ofFeatures) {
    return Chain.of(
        ModuleOptions.defaults(),
        build -> {
          NetworkLayer first = build.batchNorm("image", Shape.image(1, 1, pixels));
          NetworkLayer flatten = build.flatten("flatten", first.output());
          NetworkLayer norm =
              ofFeatures
                  ? build.batchNorm("features", flatten.output())
                  : build.dropout("none", flatten.output(), 0);
          NetworkLayer last = build.linear("last", flatten.output(), CLASSES, true);
          return List.of(
              new NetworkLayer[] {first},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {norm},
              new NetworkLayer[] {last});
        });
  }

  private static void require(Chain module, int images, int batch, Shard shard) {
    NormalisedBatches.requireSeveralValues(module.network(), images, batch, shard);
  }

  @ParameterizedTest
  @CsvSource({"65, 32", "1, 32", "7, 1", "33, 2"})
  void refusesABatchOfOneImageWhereFeaturesAreNormalised(int images, int batch) {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> require(module(4, true), images, batch, Shard.whole()));
    assertEquals(
        "features would normalise a single value of each channel: "
            + images
            + " images in batches of "
            + batch
            + " leave a batch of 1 image, expected at least 2: choose another batch size, or put"
            + " one image more or less into the set",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"64, 32", "66, 32", "2, 32", "31, 32"})
  void takesLargerBatches(int images, int batch) {
    assertDoesNotThrow(() -> require(module(1, true), images, batch, Shard.whole()));
  }

  @Test
  void takesOneImageOfSeveralPixels() {
    assertDoesNotThrow(() -> require(module(2, false), 65, 1, Shard.whole()));
    assertThrows(
        IllegalArgumentException.class, () -> require(module(1, false), 65, 1, Shard.whole()));
  }

  @Test
  void looksAtTheShareOfEachTrainer() {
    Chain module = module(4, true);
    assertThrows(IllegalArgumentException.class, () -> require(module, 99, 32, new Shard(0, 2)));
    assertDoesNotThrow(() -> require(module, 99, 32, new Shard(1, 2)));
    assertDoesNotThrow(() -> require(module, 97, 32, new Shard(0, 2)), "an empty share");
  }

  @Test
  void stopsATrainingBeforeItsFirstStep() {
    Chain module = module(4, true);
    float[] before = Numbers.of(module.parameters().get(0));
    float[][] images = new float[9][4];
    int[] labels = new int[9];
    Dataset set = Dataset.of("nine", Shape.image(1, 1, 4), CLASSES, images, labels);
    Trainer trainer = Trainer.of(module, TrainingOptions.defaults().withBatch(4).withEpochs(1));
    Exception refused = assertThrows(IllegalArgumentException.class, () -> trainer.fit(set));
    assertTrue(refused.getMessage().startsWith("features would"), refused.getMessage());
    assertEquals(List.of(before[0]), List.of(Numbers.of(module.parameters().get(0))[0]));
  }
}
