package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.OutlierScore;
import io.github.posteriori.uncertainty.SetUncertainty;
import io.github.posteriori.uncertainty.Uncertainty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A caller's workspace is memory that the caller's next turn uses again. */
@SuppressWarnings("try") // a workspace works by being open
class WorkspacesTest {
  private static final Shape.Image INPUT = Shape.image(1, 12, 12);
  private static final int CLASSES = 3;
  private static final TrainingOptions TRAINING =
      TrainingOptions.defaults().withEpochs(2).withBatch(16).withSamples(2, 2);

  private static final WorkspaceConfiguration ROOMY =
      WorkspaceConfiguration.builder().initialSize(20_000_000).build();

  /** No array fits into it, and it gives no other memory in its place. */
  private static final WorkspaceConfiguration FULL =
      WorkspaceConfiguration.builder()
          .initialSize(8)
          .maxSize(8)
          .policyAllocation(AllocationPolicy.STRICT)
          .policyLearning(LearningPolicy.NONE)
          .policySpill(SpillPolicy.FAIL)
          .build();

  /** It begins anew where it ends, not at each turn. */
  private static final WorkspaceConfiguration RING =
      WorkspaceConfiguration.builder()
          .initialSize(100_000)
          .policyAllocation(AllocationPolicy.STRICT)
          .policyLearning(LearningPolicy.NONE)
          .policyReset(ResetPolicy.ENDOFBUFFER_REACHED)
          .policySpill(SpillPolicy.FAIL)
          .build();

  @TempDir Path folder;

  /** y = x + shift, with an array that the constructor makes, and a learnt factor. */
  private record Shifted(String name, Shape input, Parameter factor, INDArray shift)
      implements CustomLayer {
    Shifted(String name, Shape input) {
      this(
          name,
          input,
          Parameter.trained(name + ".factor", Nd4j.ones(1)),
          Nd4j.linspace(0, 0.5, input.size(), DataType.FLOAT).reshape(1, input.size()));
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(factor);
    }

    @Override
    public INDArray forward(INDArray x) {
      return x.mul(factor.value().getFloat(0)).addRowVector(shift);
    }

    @Override
    public INDArray backward(INDArray x, INDArray y, INDArray dy) {
      factor.gradient().addi(dy.mul(x).sumNumber());
      return dy.mul(factor.value().getFloat(0));
    }
  }

  private static Chain module(String engine, Estimator estimator) {
    return module(ModuleOptions.defaults().withSeed(4).withEngine(engine).withEstimator(estimator));
  }

  private static Chain module(ModuleOptions options) {
    return Chain.of(
        options,
        build -> {
          NetworkLayer conv = build.bayesConv("conv", INPUT, Filters.of(4, Window.kernel(3, 3)));
          NetworkLayer bn = build.batchNorm("bn", conv.output());
          NetworkLayer act = build.activation("act", bn.output(), Activation.RELU);
          NetworkLayer flatten = build.flatten("flatten", act.output());
          NetworkLayer dropout = build.dropout("dropout", flatten.output(), 0.2);
          NetworkLayer own = build.custom(() -> new Shifted("own", dropout.output()));
          NetworkLayer fc = build.bayesLinear("fc", own.output(), CLASSES, true);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {conv},
              new NetworkLayer[] {bn},
              new NetworkLayer[] {act},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {dropout},
              new NetworkLayer[] {own},
              new NetworkLayer[] {fc});
        });
  }

  private static Dataset noise(int stream) {
    float[][] images = new float[40][];
    int[] labels = new int[40];
    for (int i = 0; i < images.length; i++) {
      images[i] = NoiseKey.training(3, stream).of(1).uniform(i, 1, INPUT.size());
      labels[i] = i % CLASSES;
    }
    return Dataset.of("noise", INPUT, CLASSES, images, labels);
  }

  private static final INDArray ONE = images(1);
  private static final INDArray MANY = images(20);

  private static INDArray images(int count) {
    return Nd4j.linspace(0, 1, count * 144L, DataType.FLOAT).reshape(count, 1, 12, 12);
  }

  private static <T> T inside(WorkspaceConfiguration configuration, Supplier<T> work) {
    String name = configuration == FULL ? "FULL" : configuration == RING ? "RING" : "ROOMY";
    try (MemoryWorkspace mine =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, name)) {
      return work.get();
    }
  }

  /** What a loop's next turns do. */
  private static void useAgain() {
    for (int turn = 0; turn < 2; turn++) {
      inside(ROOMY, () -> Nd4j.valueArrayOf(new long[] {4_000_000}, 7f, DataType.FLOAT));
    }
  }

  private String answers(BayesModule module) {
    Output one = module.forward(ONE);
    Output many = module.forward(MANY, 3);
    Prediction prediction = module.predict(MANY, 3);
    return String.join(
        "\n",
        Arrays.toString(one.logits().data().asFloat()),
        Arrays.toString(many.logits().data().asFloat()),
        Arrays.toString(prediction.probabilities().data().asDouble()),
        module.kl() + " " + one.kl());
  }

  private byte[] bytes(BayesModule module) {
    Path file = folder.resolve("module.safetensors");
    module.save(file);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vector, LRT",
    "vector, BBB",
    "vector, POINT",
    "nd4j, LRT",
    "nd4j, BBB",
    "nd4j, POINT"
  })
  void aModuleCreatedTrainedAndLoadedInAWorkspaceIsTheSameAfterIt(
      String engine, Estimator estimator) {
    Chain expected = module(engine, estimator);
    Trainer first = Trainer.of(expected, TRAINING);
    first.fit(noise(0), noise(1));

    Chain module = inside(ROOMY, () -> module(engine, estimator));
    useAgain();
    Trainer trainer = Trainer.of(module, TRAINING);
    inside(ROOMY, () -> trainer.fit(noise(0), noise(1)));
    useAgain();
    assertEquals(answers(expected), answers(module));
    assertArrayEquals(bytes(expected), bytes(module));
    first
        .state()
        .optimiser()
        .slots()
        .forEach(
            (parameter, slots) ->
                slots.forEach(
                    (slot, values) ->
                        assertArrayEquals(
                            values,
                            trainer.state().optimiser().slots().get(parameter).get(slot),
                            parameter + "." + slot)));

    Path file = folder.resolve("module.safetensors");
    Chain loaded =
        inside(
            ROOMY,
            () -> {
              module.save(file);
              return Checkpoint.load(
                  file, Chain.DEFINITION, module.options(), (free, options) -> module(options));
            });
    useAgain();
    assertEquals(answers(expected), answers(loaded));
    assertArrayEquals(bytes(expected), bytes(loaded));
  }

  @ParameterizedTest
  @CsvSource({"vector, adam", "vector, sgd", "nd4j, adam", "nd4j, sgd"})
  void aTrainingGoesOnWithTheStateThatItLeftInAWorkspace(String engine, String optimiser) {
    TrainingOptions options =
        TRAINING
            .withEpochs(3)
            .withOptimiser(optimiser.equals("adam") ? Optimiser.adam() : Optimiser.sgd(0.9))
            .withLearningRate(1e-4);
    Chain expected = module(engine, Estimator.LRT);
    Trainer.of(expected, options).fit(noise(0));
    Chain module = inside(ROOMY, () -> module(engine, Estimator.LRT));
    inside(
        ROOMY,
        () ->
            Trainer.of(module, options)
                .listen(
                    new TrainingListener() {
                      @Override
                      public void epochStarted(int epoch, int steps) {
                        Nd4j.valueArrayOf(new long[] {100_000}, 7f, DataType.FLOAT);
                      }
                    })
                .fit(noise(0)));
    useAgain();
    assertArrayEquals(bytes(expected), bytes(module));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void whatIsReturnedInAWorkspaceOutlivesIt(String engine) {
    Chain module = module(engine, Estimator.LRT);
    List<INDArray> kept = new ArrayList<>();
    List<double[]> numbers = new ArrayList<>();
    inside(
        ROOMY,
        () -> {
          Prediction prediction = module.predict(MANY, 3);
          kept.add(module.forward(MANY).logits());
          kept.add(prediction.probabilities());
          kept.add(prediction.epistemic());
          kept.add(prediction.aleatoric());
          kept.add(prediction.entropy());
          kept.add(prediction.mutualInformation());
          kept.add(module.parameters().get(0).value());
          kept.add(module.parameters().get(0).gradient());
          new Evaluator(module, 2, 16)
              .predict(
                  noise(0),
                  (batch, predictions) ->
                      kept.add(predictions.get(Normalisation.SOFTPLUS).probabilities()));
          kept.forEach(array -> numbers.add(array.dup('c').data().asDouble()));
          return kept;
        });
    useAgain();
    for (int i = 0; i < kept.size(); i++) {
      assertArrayEquals(numbers.get(i), kept.get(i).dup('c').data().asDouble(), "array " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vector, LRT",
    "vector, BBB",
    "vector, POINT",
    "nd4j, LRT",
    "nd4j, BBB",
    "nd4j, POINT"
  })
  void noArrayOfTheLibraryTakesRoomInACallersWorkspace(String engine, Estimator estimator) {
    INDArray columns = MANY.dup('f');
    INDArray halves = MANY.castTo(DataType.HALF);
    INDArray last = MANY.reshape(20, 12, 12, 1);
    for (WorkspaceConfiguration memory : List.of(FULL, RING)) {
      inside(
          memory,
          () -> {
            MemoryWorkspace mine = Nd4j.getMemoryManager().getCurrentWorkspace();
            long before = mine.getPrimaryOffset();
            Chain module = module(engine, estimator);
            Chain other = module(engine, estimator);
            Trainer trainer = Trainer.of(module, TRAINING);
            trainer.fit(noise(0), noise(1));
            trainer.state();
            bytes(module);
            for (INDArray images : List.of(ONE, MANY, columns, halves, last)) {
              module.forward(images);
              Prediction prediction = module.predict(images, 2);
              prediction.classes();
              for (Uncertainty by : Uncertainty.values()) {
                by.of(prediction);
              }
              OutlierScore.each(score -> score.of(prediction));
            }
            Evaluator evaluator = new Evaluator(module, 2, 7);
            evaluator.evaluate(noise(0));
            SetUncertainty mean = evaluator.uncertainty(noise(0)).get(Normalisation.SOFTMAX);
            assertNotEquals(0, mean.images());
            Mixture mixture = Mixture.of(List.of(module, other));
            mixture.predict(MANY, 2, Normalisation.SOFTMAX, Uncertainty.BOTH);
            assertEquals(before, mine.getPrimaryOffset());
            assertEquals(mine, Nd4j.getMemoryManager().getCurrentWorkspace());
            return null;
          });
    }
  }
}
