package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Batches;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings whose images vary in every way. */
class AugmentedTrainingTest {
  private static final String ALL =
      "rotation:5,shift:1,flip,crop:1/reflect,resized-crop:0.8/1,jitter:0.1,cutout:3,mixup:0.2";
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withEpochs(3)
          .withBatch(32)
          .withLearningRate(0.01)
          .withBeta(new Beta.Constant(0.1))
          .withStandardisation(true)
          .withBalance(true)
          .withAugmentation(Augmentation.parse(ALL));

  @TempDir private Path folder;

  /** Bright stripes at one of three heights, in noise; more of the first. */
  private static Dataset stripes(int count, int stream) {
    float[][] images = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      images[i] = NoiseKey.training(3, stream).of(1).uniform(i, 1, 144);
      labels[i] = i % 5 < 3 ? 0 : i % 5 - 2;
      for (int p = 0; p < 144; p++) {
        boolean stripe = p / 12 >= 4 * labels[i] && p / 12 < 4 * labels[i] + 3;
        images[i][p] = 0.6f * images[i][p] + (stripe ? 0.4f : 0);
      }
    }
    return Dataset.of("stripes", Shape.image(1, 12, 12), 3, images, labels);
  }

  private static Chain module(String engine) {
    return Chain.small(ModuleOptions.defaults().withSeed(4).withEngine(engine), 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void learnsFromImagesThatVaryInEveryWay(String engine) {
    Chain module = module(engine);
    List<EpochReport> reports =
        Trainer.of(module, OPTIONS.withEpochs(8)).fit(stripes(480, 0), stripes(120, 1));
    double accuracy = new Evaluator(module, 5, 64).evaluate(stripes(300, 2)).accuracy();
    assertTrue(accuracy > 0.9, "accuracy " + accuracy);
    double mixed = reports.get(7).accuracy();
    assertTrue(mixed > 0.5 && mixed < 1, "of mixed images only a share can be right: " + mixed);
  }

  @Test
  void goesOnAsIfItHadNeverStopped() {
    Chain whole = module("vector");
    AtomicReference<TrainingState> state = new AtomicReference<>();
    Path file = folder.resolve("stopped.safetensors");
    Trainer trainer = Trainer.of(whole, OPTIONS);
    trainer
        .listen(
            new TrainingListener() {
              @Override
              public void epochDone(EpochReport report) {
                if (report.epoch() == 2) {
                  whole.save(file);
                  state.set(trainer.state());
                }
              }
            })
        .fit(stripes(200, 0));
    Chain resumed =
        Checkpoint.load(
            file,
            Chain.DEFINITION,
            ModuleOptions.defaults().withSeed(4).withEngine("vector"),
            (free, options) -> Chain.small(options, 3));
    Trainer.of(resumed, OPTIONS).resume(state.get()).fit(stripes(200, 0));
    for (int i = 0; i < whole.parameters().size(); i++) {
      Parameter parameter = whole.parameters().get(i);
      assertArrayEquals(
          Numbers.of(parameter), Numbers.of(resumed.parameters().get(i)), parameter.name());
    }
  }

  @Test
  void anEpochIsAFunctionOfSeedEpochAndExample() {
    List<Batch> first = epoch(4, 1);
    assertSame(first, epoch(4, 1));
    List<Batch> other = epoch(4, 2);
    assertTrue(first.get(0).images()[20] != other.get(0).images()[20]);
    assertTrue(first.get(0).images()[20] != epoch(5, 1).get(0).images()[20]);
  }

  /** Of one example there is one order, so that only its variation can differ. */
  @Test
  void anExampleVariesAnewInEachEpochAndWithEachSeed() {
    float[] first = only(4, 1);
    assertArrayEquals(first, only(4, 1));
    assertFalse(Arrays.equals(first, only(4, 2)));
    assertFalse(Arrays.equals(first, only(5, 1)));
  }

  private static float[] only(long seed, long epoch) {
    Augmentation varied = Augmentation.parse("rotation:5,jitter:0.1");
    try (Batches batches = Batches.shuffled(stripes(1, 0), 32, varied, seed, epoch)) {
      return batches.next().images();
    }
  }

  private static List<Batch> epoch(long seed, long epoch) {
    try (Batches batches =
        Batches.shuffled(stripes(70, 0), 32, Augmentation.parse(ALL), seed, epoch)) {
      return List.of(batches.next(), batches.next(), batches.next());
    }
  }

  private static void assertSame(List<Batch> expected, List<Batch> found) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).images(), found.get(i).images());
      assertArrayEquals(
          ((Targets.Mixed) expected.get(i).targets()).shares(),
          ((Targets.Mixed) found.get(i).targets()).shares());
    }
  }

  @Test
  void refusesWhatItsExamplesCannotBeVariedBy() {
    Dataset table = Dataset.of("table", Shape.features(144), 3, new float[30][144], new int[30]);
    Chain module =
        Chain.of(
            ModuleOptions.defaults(),
            build ->
                List.<io.github.posteriori.layers.NetworkLayer[]>of(
                    new io.github.posteriori.layers.NetworkLayer[] {
                      build.bayesLinear("fc", Shape.features(144), 3, true)
                    }));
    assertEquals(
        "the augmentation varies images (cutout:3), but table has features [144]: leave it out; of"
            + " features only mixup makes more",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Trainer.of(module, OPTIONS.withAugmentation(Augmentation.parse("cutout:3")))
                        .fit(table))
            .getMessage());
    Trainer.of(module, OPTIONS.withEpochs(1).withAugmentation(Augmentation.parse("mixup:1")))
        .fit(table);
  }
}
