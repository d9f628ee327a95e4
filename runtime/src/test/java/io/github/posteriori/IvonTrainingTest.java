package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.TrainingFile;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings with IVON, from options to checkpoints. */
class IvonTrainingTest {
  private static final int CLASSES = 3;
  private static final double BETA = 0.5;
  private static final Dataset TRAIN = noise(90);
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withEpochs(3)
          .withBatch(32)
          .withOptimiser(Optimiser.ivon())
          .withLearningRate(0.2)
          .withBeta(new Beta.Constant(BETA));

  @TempDir Path folder;

  /** Noise around a level for each class. */
  private static Dataset noise(int count) {
    float[][] images = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % CLASSES;
      images[i] = NoiseKey.training(3, 0).of(1).uniform(i, 1, 144);
      for (int p = 0; p < 144; p++) {
        images[i][p] = 0.5f * images[i][p] + 0.25f * labels[i];
      }
    }
    return Dataset.of("noise", Shape.image(1, 12, 12), CLASSES, images, labels);
  }

  private static Chain module(String engine, Estimator estimator) {
    return Chain.small(
        ModuleOptions.defaults().withSeed(4).withEngine(engine).withEstimator(estimator), CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void theDeviationsAreThoseOfTheCurvatureAndTheKlIsToThePriorInTheCheckpoint(String engine) {
    Chain module = module(engine, Estimator.BBB);
    Trainer trainer = Trainer.of(module, OPTIONS);
    List<EpochReport> reports = trainer.fit(TRAIN);
    double precisionOfPrior = 1 / (0.1 * 0.1);
    double sum = 0;
    for (Posterior posterior : module.network().sampledPosteriors()) {
      double[] sigmas = posterior.sigmas();
      double[] means = posterior.mu().numbers();
      float[] hessian =
          trainer.state().optimiser().slot(posterior.mu().name(), "hessian", means.length);
      for (int i = 0; i < sigmas.length; i++) {
        double sigma = 1 / Math.sqrt(TRAIN.size() / BETA * hessian[i] + precisionOfPrior);
        assertEquals(sigma, sigmas[i], 1e-5 * sigma, posterior.rho().name());
        double squares = sigma * sigma + means[i] * means[i];
        sum += Math.log(0.1 / sigma) + squares * precisionOfPrior / 2 - 0.5;
      }
    }
    assertEquals(sum, module.kl(), 1e-4 * sum);
    assertEquals(sum, reports.get(2).kl(), 1e-4 * sum);
    Path file = folder.resolve("trained.safetensors");
    module.save(file);
    Chain loaded =
        Checkpoint.load(file, Chain.DEFINITION, (free, options) -> Chain.small(options, CLASSES));
    for (int p = 0; p < module.parameters().size(); p++) {
      Parameter parameter = module.parameters().get(p);
      assertArrayEquals(
          Numbers.of(parameter), Numbers.of(loaded.parameters().get(p)), 0f, parameter.name());
    }
    assertEquals(module.kl(), loaded.kl(), 1e-4 * sum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void aResumedTrainingEndsWithTheBytesOfOneThatNeverStopped(String engine) {
    Chain whole = module(engine, Estimator.BBB);
    Trainer trainer = Trainer.of(whole, OPTIONS);
    Path weights = folder.resolve("last.safetensors");
    Path state = folder.resolve("training.safetensors");
    trainer.listen(
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            if (report.epoch() == 1) {
              whole.save(weights);
              TrainingFile.write(trainer.state(), state);
            }
          }
        });
    trainer.fit(TRAIN);
    Chain resumed =
        Checkpoint.load(
            weights,
            Chain.DEFINITION,
            ModuleOptions.defaults().withSeed(4).withEngine(engine),
            (free, options) -> Chain.small(options, CLASSES));
    TrainingState kept = TrainingFile.read(state);
    Trainer.of(resumed, OPTIONS).resume(kept).fit(TRAIN);
    for (int p = 0; p < whole.parameters().size(); p++) {
      Parameter parameter = whole.parameters().get(p);
      assertArrayEquals(
          Numbers.of(parameter), Numbers.of(resumed.parameters().get(p)), 0f, parameter.name());
    }
  }

  @Test
  void theBytesAreTheSameOnAnyNumberOfThreads() {
    Chain one = module("vector", Estimator.BBB);
    Chain three = module("vector", Estimator.BBB);
    try {
      one.engine().useThreads(1);
      Trainer.of(one, OPTIONS).fit(TRAIN);
      three.engine().useThreads(3);
      Trainer.of(three, OPTIONS).fit(TRAIN);
    } finally {
      one.engine().useThreads(Runtime.getRuntime().availableProcessors());
    }
    for (int p = 0; p < one.parameters().size(); p++) {
      Parameter parameter = one.parameters().get(p);
      assertArrayEquals(
          Numbers.of(parameter), Numbers.of(three.parameters().get(p)), 0f, parameter.name());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blundell", "soenderby", "0"})
  void aBetaThatIsNoConstantAboveZeroIsRefused(String beta) {
    Trainer trainer =
        Trainer.of(module("vector", Estimator.BBB), OPTIONS.withBeta(Beta.parse(beta)));
    assertEquals(
        "beta is "
            + Beta.parse(beta)
            + ", but IVON's deviations scale with N / beta: set it to a constant above 0, such as"
            + " 1",
        refusal(trainer));
  }

  @Test
  void aNetworkWithoutPosteriorsIsRefused() {
    assertEquals(
        "IVON learns posteriors, but test.Chain samples none: give it Bayesian layers and the"
            + " estimator BBB or LRT, or train with another optimiser",
        refusal(Trainer.of(module("vector", Estimator.POINT), OPTIONS)));
  }

  private static String refusal(Trainer trainer) {
    return assertThrows(IllegalArgumentException.class, () -> trainer.fit(TRAIN)).getMessage();
  }
}
