package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.TrainingFile;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Averaging;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import io.github.posteriori.train.TrainingStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings whose weights are averaged, from options to checkpoints. */
class AveragedTrainingTest {
  private static final int CLASSES = 3;
  private static final Dataset TRAIN = noise(96, 0);
  private static final Dataset VALID = noise(30, 1);
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(4).withBatch(32).withBeta(new Beta.Constant(0.1));

  @TempDir Path folder;

  /** Noise around a level for each class. */
  private static Dataset noise(int count, int stream) {
    float[][] images = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % CLASSES;
      images[i] = NoiseKey.training(3, stream).of(1).uniform(i, 1, 36);
      for (int p = 0; p < 36; p++) {
        images[i][p] = 0.5f * images[i][p] + 0.25f * labels[i];
      }
    }
    return Dataset.of("noise" + stream, Shape.image(1, 6, 6), CLASSES, images, labels);
  }

  /** A network with moving statistics. */
  private static Chain module(ModuleOptions options) {
    return Chain.of(
        options,
        build -> {
          var conv =
              build.bayesConv("conv1", Shape.image(1, 6, 6), Filters.of(4, Window.kernel(3, 3)));
          var norm = build.batchNorm("bn1", conv.output());
          var act = build.activation("act1", norm.output(), Activation.RELU);
          var flatten = build.flatten("flatten", act.output());
          var fc = build.bayesLinear("fc1", flatten.output(), CLASSES, true);
          return List.of(
              new NetworkLayer[] {conv, norm, act},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc});
        });
  }

  private static ModuleOptions made(String engine) {
    return ModuleOptions.defaults().withSeed(4).withEngine(engine).withEstimator(Estimator.BBB);
  }

  private static TrainingOptions by(String optimiser) {
    return switch (optimiser) {
      case "ivon" -> OPTIONS.withOptimiser(Optimiser.ivon()).withLearningRate(0.2);
      case "sgd" -> OPTIONS.withOptimiser(Optimiser.sgd(0.9)).withLearningRate(1e-4);
      default -> OPTIONS.withLearningRate(0.01);
    };
  }

  private static List<float[]> values(BayesModule module) {
    return module.network().parameters().stream().map(Numbers::of).toList();
  }

  private static EpochReport withoutTime(EpochReport r) {
    return new EpochReport(
        r.epoch(),
        r.loss(),
        r.nll(),
        r.kl(),
        r.score(),
        r.valid(),
        r.learningRate(),
        r.beta(),
        0,
        r.stopsEarly());
  }

  /** Averages all tensors after each step by itself, and compares after each epoch. */
  private static final class Check implements TrainingListener {
    private final Chain module;
    private final Averaging averaging;
    private final List<double[]> average = new ArrayList<>();
    private int epoch;
    private long steps;

    Check(Chain module, Averaging averaging) {
      this.module = module;
      this.averaging = averaging;
      module.network().parameters().forEach(p -> average.add(new double[p.size()]));
    }

    @Override
    public void epochStarted(int number, int count) {
      epoch = number - 1;
    }

    @Override
    public void stepDone(TrainingStep.Report report) {
      if (averaging.covers(epoch, OPTIONS.epochs())) {
        double weight = averaging.weight(++steps);
        List<float[]> values = values(module);
        for (int p = 0; p < values.size(); p++) {
          for (int i = 0; i < values.get(p).length; i++) {
            average.get(p)[i] += weight * (values.get(p)[i] - average.get(p)[i]);
          }
        }
      }
    }

    @Override
    public void epochDone(EpochReport report) {
      assertEquals(module.kl(), report.kl(), 0, "what is measured is what the module has");
      List<Parameter> parameters = module.network().parameters();
      for (int p = 0; steps > 0 && p < parameters.size(); p++) {
        double[] found = parameters.get(p).numbers();
        assertArrayEquals(average.get(p), found, 1e-5, parameters.get(p).name());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vector, adam, ema:0.7, 1",
    "nd4j, adam, ema:0.7, 1",
    "vector, adam, swa:2, 1",
    "vector, sgd, swa:2, 1",
    "nd4j, ivon, swa:2, 1",
    "vector, ivon, ema:0.7, 1",
    "vector, adam, ema:0.7, 2"
  })
  void theModuleHasTheAverageAndTrainingGoesOnFromTheWeights(
      String engine, String optimiser, String averaging, int shards) {
    TrainingOptions plain = by(optimiser);
    TrainingOptions averaged = plain.withAveraging(Averaging.parse(averaging));
    Chain module = module(made(engine));
    Check check = new Check(module, averaged.averaging());
    List<EpochReport> reports =
        Trainer.of(module, averaged)
            .shards(shards, () -> module(made(engine)))
            .listen(check)
            .fit(TRAIN, VALID);
    assertTrue(check.steps > 0);
    Chain other = module(made(engine));
    List<EpochReport> expected =
        Trainer.of(other, plain).shards(shards, () -> module(made(engine))).fit(TRAIN, VALID);
    for (int epoch = 0; epoch < 4; epoch++) {
      assertEquals(expected.get(epoch).loss(), reports.get(epoch).loss(), "the steps are the same");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vector, adam, ema:0.7, 2",
    "nd4j, adam, ema:0.7, 2",
    "vector, ivon, ema:0.7, 2",
    "vector, adam, swa:3, 2",
    "vector, adam, swa:1, 2"
  })
  void aResumedTrainingEndsWithTheBytesOfOneThatNeverStopped(
      String engine, String optimiser, String averaging, int epoch) {
    TrainingOptions options = by(optimiser).withAveraging(Averaging.parse(averaging));
    Chain whole = module(made(engine));
    Path weights = folder.resolve("last.safetensors");
    Path state = folder.resolve("training.safetensors");
    Trainer trainer = Trainer.of(whole, options);
    trainer.listen(
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            if (report.epoch() == epoch) {
              whole.save(weights);
              TrainingFile.write(trainer.state(), state);
            }
          }
        });
    List<EpochReport> expected = trainer.fit(TRAIN, VALID);
    Chain resumed =
        Checkpoint.load(weights, Chain.DEFINITION, made(engine), (free, merged) -> module(merged));
    List<EpochReport> reports =
        Trainer.of(resumed, options).resume(TrainingFile.read(state)).fit(TRAIN, VALID);
    List<float[]> bytes = values(resumed);
    for (int p = 0; p < bytes.size(); p++) {
      assertArrayEquals(values(whole).get(p), bytes.get(p), 0f);
    }
    assertEquals(
        expected.stream().map(AveragedTrainingTest::withoutTime).toList(),
        reports.stream().map(AveragedTrainingTest::withoutTime).toList());
  }

  @Test
  void refusesToGoOnFromAnAverageWithoutAveraging() {
    Chain module = module(made("vector"));
    TrainingOptions options = OPTIONS.withEpochs(1);
    Trainer trainer = Trainer.of(module, options.withAveraging(Averaging.exponential(0.9)));
    trainer.fit(TRAIN);
    TrainingState state = trainer.state();
    Trainer without = Trainer.of(module, options).resume(state);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> without.fit(TRAIN))
            .getMessage()
            .startsWith("the training to resume averages its weights, but the options do not"));
    Trainer plain = Trainer.of(module, options);
    plain.fit(TRAIN);
    assertEquals(Optional.empty(), plain.state().average());
  }
}
