package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.data.Batches;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.TrainingState;
import io.github.posteriori.uncertainty.Metrics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StandardisedModuleTest {
  private static final float[] SCALES = {1e-3f, 1e6f, 1};
  private static final float[] SHIFTS = {5, -3e6f, 0};
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withEpochs(8)
          .withBatch(32)
          .withLearningRate(0.01)
          .withBeta(new Beta.Constant(0.1))
          .withStandardisation(true);

  @TempDir private Path folder;

  /** A table whose classes depend on its first and its second feature, of very different scales. */
  private record Table(int size, int stream, boolean ready) implements Dataset {
    @Override
    public String name() {
      return "table";
    }

    @Override
    public Shape shape() {
      return Shape.features(3);
    }

    @Override
    public int classes() {
      return 2;
    }

    private float number(int index, int feature) {
      return 2 * NoiseKey.training(3, stream).of(1).uniform(index, 1, 3)[feature] - 1;
    }

    @Override
    public int label(int index) {
      return number(index, 0) + number(index, 1) > 0 ? 1 : 0;
    }

    @Override
    public void image(int index, float[] target, int offset) {
      for (int k = 0; k < 3; k++) {
        float number = number(index, k);
        target[offset + k] = ready ? number : SHIFTS[k] + SCALES[k] * number;
      }
    }
  }

  private static Dataset table(int size, int stream) {
    return new Table(size, stream, false);
  }

  private static Chain module(String engine) {
    return Chain.of(
        ModuleOptions.defaults().withSeed(4).withEngine(engine),
        build -> {
          var fc1 = build.bayesLinear("fc1", Shape.features(3), 16, true);
          var act = build.activation("act", fc1.output(), Activation.RELU);
          var fc2 = build.bayesLinear("fc2", act.output(), 2, true);
          return List.of(new NetworkLayer[] {fc1, act}, new NetworkLayer[] {fc2});
        });
  }

  private static INDArray array(Dataset set) {
    try (Batches batches = Batches.of(set, set.size())) {
      return Nd4j.create(batches.next().images(), new long[] {set.size(), 3}, 'c');
    }
  }

  private static Chain load(Path file, String engine) {
    return Checkpoint.load(
        file,
        Chain.DEFINITION,
        ModuleOptions.defaults().withSeed(4).withEngine(engine),
        (free, options) -> module(options.engine()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void learnsFromFeaturesOfAllScalesOnlyIfItStandardises(String engine) {
    Chain raw = module(engine);
    Trainer.of(raw, OPTIONS.withStandardisation(false)).fit(table(480, 0));
    Chain standardised = module(engine);
    Trainer.of(standardised, OPTIONS).fit(table(480, 0), table(120, 1));

    assertEquals(Optional.empty(), raw.standardisation());
    double without = new Evaluator(raw, 5, 64).evaluate(table(400, 2)).accuracy();
    double with = new Evaluator(standardised, 5, 64).evaluate(table(400, 2)).accuracy();
    assertTrue(without < 0.85, "accuracy without " + without);
    assertTrue(with > 0.95, "accuracy with " + with);
  }

  /** The weights after training are those of a network that was given standardised numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void trainsAsOnASetThatIsStandardisedAlready(String engine) {
    Chain module = module(engine);
    TrainingOptions options = OPTIONS.withEpochs(2);
    Trainer.of(module, options).fit(table(200, 0), table(100, 1));
    Standardisation by = module.standardisation().orElseThrow();
    Chain other = module(engine);
    Trainer.of(other, options.withStandardisation(false))
        .fit(standardised(table(200, 0), by), standardised(table(100, 1), by));

    assertEquals(Standardisation.of(table(200, 0)), by);
    assertSameWeights(module, other);
    Metrics metrics = new Evaluator(module, 3, 64).evaluate(table(100, 1));
    assertEquals(metrics, new Evaluator(other, 3, 64).evaluate(standardised(table(100, 1), by)));
    INDArray raw = array(table(20, 2));
    INDArray ready = array(standardised(table(20, 2), by));
    assertEquals(other.forward(ready, 3).logits(), module.forward(raw, 3).logits());
    assertEquals(other.predict(ready, 5), module.predict(raw, 5));
  }

  private static Dataset standardised(Dataset set, Standardisation by) {
    return new Dataset() {
      @Override
      public String name() {
        return set.name();
      }

      @Override
      public int size() {
        return set.size();
      }

      @Override
      public Shape shape() {
        return Shape.features(3);
      }

      @Override
      public int classes() {
        return set.classes();
      }

      @Override
      public int label(int index) {
        return set.label(index);
      }

      @Override
      public void image(int index, float[] target, int offset) {
        float[] raw = new float[3];
        set.image(index, raw, 0);
        System.arraycopy(by.apply(raw, 3), 0, target, offset, 3);
      }
    };
  }

  private static void assertSameWeights(BayesModule expected, BayesModule found) {
    for (int i = 0; i < expected.parameters().size(); i++) {
      Parameter parameter = expected.parameters().get(i);
      assertArrayEquals(
          Numbers.of(parameter), Numbers.of(found.parameters().get(i)), parameter.name());
    }
  }

  @Test
  void predictsTheSameAfterItIsSavedAndLoadedOnBothEngines() {
    Chain module = module("vector");
    Trainer.of(module, OPTIONS.withEpochs(2)).fit(table(200, 0));
    Path file = folder.resolve("module.safetensors");
    module.save(file);
    INDArray examples = array(table(40, 2));
    Prediction before = module.predict(examples, 4);

    assertEquals(module.standardisation(), Checkpoint.read(file).standardisation());
    assertEquals(before, load(file, "vector").predict(examples, 4));
    double[] expected = before.probabilities().dup().data().asDouble();
    Prediction other = load(file, "nd4j").predict(examples, 4);
    assertArrayEquals(expected, other.probabilities().dup().data().asDouble(), 1e-5);
  }

  @Test
  void goesOnAsIfItHadNeverStopped() {
    Chain whole = module("vector");
    AtomicReference<TrainingState> state = new AtomicReference<>();
    Path file = folder.resolve("half.safetensors");
    Trainer trainer = Trainer.of(whole, OPTIONS.withEpochs(2));
    trainer
        .listen(
            new io.github.posteriori.train.TrainingListener() {
              @Override
              public void epochDone(io.github.posteriori.train.EpochReport report) {
                if (report.epoch() == 1) {
                  whole.save(file);
                  state.set(trainer.state());
                }
              }
            })
        .fit(table(200, 0));
    Chain resumed = load(file, "vector");
    Trainer.of(resumed, OPTIONS.withEpochs(2)).resume(state.get()).fit(table(200, 0));

    assertSameWeights(whole, resumed);
  }

  @Test
  void keepsTheOneThatItsWeightsWereTrainedWith() {
    Chain module = module("vector");
    Trainer.of(module, OPTIONS.withEpochs(1)).fit(table(100, 0));
    Standardisation first = module.standardisation().orElseThrow();
    Trainer.of(module, OPTIONS.withEpochs(1)).fit(new Table(100, 5, true));
    assertEquals(Optional.of(first), module.standardisation());

    Path file = folder.resolve("start.safetensors");
    module.save(file);
    Chain started = module("vector");
    Trainer.of(started, OPTIONS.withEpochs(1)).from(WarmStart.of(file)).fit(table(100, 7));
    assertEquals(Optional.of(first), started.standardisation());
  }

  @Test
  void takesSignalsOfAnyScale() {
    float[][] signals = new float[64][16];
    int[] labels = new int[64];
    for (int i = 0; i < 64; i++) {
      labels[i] = i % 2;
      for (int t = 0; t < 16; t++) {
        signals[i][t] = 20_000 + 3_000 * (float) Math.sin(i + t * (labels[i] == 0 ? 0.4 : 1.6));
      }
    }
    Dataset set = Dataset.of("signals", Shape.image(1, 1, 16), 2, signals, labels);
    Chain module =
        Chain.of(
            ModuleOptions.defaults().withSeed(4),
            build -> {
              var conv =
                  build.bayesConv(
                      "conv", Shape.image(1, 1, 16), Filters.of(8, Window.kernel(1, 5)));
              var act = build.activation("act", conv.output(), Activation.RELU);
              var flatten = build.flatten("flatten", act.output());
              var fc = build.bayesLinear("fc", flatten.output(), 2, true);
              return List.of(
                  new NetworkLayer[] {conv, act},
                  new NetworkLayer[] {flatten},
                  new NetworkLayer[] {fc});
            });
    Trainer.of(module, OPTIONS.withEpochs(20).withBatch(16)).fit(set);
    assertEquals(20_000, module.standardisation().orElseThrow().means().get(0), 300);
    assertTrue(new Evaluator(module, 5, 64).evaluate(set).accuracy() > 0.9);
    INDArray one = Nd4j.create(signals[1], new long[] {1, 1, 1, 16}, 'c');
    assertEquals(1, module.predict(one, 5).classes()[0]);
  }

  @Test
  void aMixtureGivesEachExpertItsOwn() {
    Chain one = module("vector");
    Chain two = module("vector");
    one.learn(known -> known.with(new Standardisation(List.of(1f, 2f, 3f), List.of(2f, 2f, 2f))));
    INDArray examples = array(new Table(6, 1, true));
    Mixture mixture = Mixture.of(List.of(one, two));
    float[] pixels = examples.dup().data().asFloat();
    List<Prediction> opinions = mixture.opinions(pixels, 6, 0, 3).values().iterator().next();
    assertEquals(one.predict(examples, 3), opinions.get(0));
    assertEquals(two.predict(examples, 3), opinions.get(1));
    assertFalse(opinions.get(0).equals(opinions.get(1)));
  }

  /** A program that does not know of it would feed the first layer raw numbers. */
  @Test
  void marksItsCheckpointsSoThatAnEarlierVersionRefusesThem() {
    Chain module = module("vector");
    Path file = folder.resolve("module.safetensors");
    module.save(file);
    assertEquals("1", Safetensors.read(file).metadata().get("posteriori"));
    module.learn(
        known -> known.with(new Standardisation(List.of(1f, 2f, 3f), List.of(2f, 2f, 2f))));
    module.save(file);
    assertEquals("2", Safetensors.read(file).metadata().get("posteriori"));
  }

  @Test
  void refusesADamagedOne() {
    Chain module = module("vector");
    module.learn(
        known -> known.with(new Standardisation(List.of(1f, 2f, 3f), List.of(2f, 2f, 2f))));
    Path file = folder.resolve("module.safetensors");
    module.save(file);
    Safetensors whole = Safetensors.read(file);
    for (String json :
        List.of(
            "",
            "{}",
            "{\"means\":[1],\"deviations\":[0]}",
            "{\"means\":[1],\"deviations\":[null]}",
            "{\"means\":[1,2],\"deviations\":[1,1]}")) {
      Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
      metadata.put("standardisation", json);
      new Safetensors(metadata, whole.tensors()).write(file);
      assertThrows(CheckpointException.class, () -> load(file, "vector"), json);
    }
    Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
    metadata.remove("standardisation");
    new Safetensors(metadata, whole.tensors()).write(file);
    assertThrows(CheckpointException.class, () -> load(file, "vector"));
  }

  @Test
  void refusesOneOfAnotherNumberOfChannels() {
    Standardisation grey = new Standardisation(List.of(0f, 0f), List.of(1f, 1f));
    assertEquals(
        "the standardisation has 2 channels, but test.Chain takes [3]: learn one from a set of that"
            + " shape",
        assertThrows(
                IllegalArgumentException.class,
                () -> module("vector").learn(known -> known.with(grey)))
            .getMessage());
  }
}
