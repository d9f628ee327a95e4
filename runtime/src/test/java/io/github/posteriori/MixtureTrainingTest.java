package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.TrainingFile;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.MixturePrior;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.WeightPrior;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings under a mixture of two Gaussians as prior, from options to checkpoints. */
class MixtureTrainingTest {
  private static final int CLASSES = 3;
  private static final Priors PRIORS = Priors.defaults().withMixture(0.5, 0.3, 0.01);
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(2).withBatch(32).withLearningRate(0.01);

  @TempDir Path folder;

  private static Dataset noise() {
    float[][] images = new float[60][];
    int[] labels = new int[60];
    Arrays.setAll(images, i -> NoiseKey.training(3, 0).of(1).uniform(i, 1, 144));
    Arrays.setAll(labels, i -> i % CLASSES);
    return Dataset.of("noise", Shape.image(1, 12, 12), CLASSES, images, labels);
  }

  private static ModuleOptions options(String engine, Estimator estimator) {
    return ModuleOptions.defaults().withSeed(4).withEngine(engine).withEstimator(estimator);
  }

  private static Chain load(Path file, ModuleOptions options) {
    return Checkpoint.load(
        file, Chain.DEFINITION, options, (free, merged) -> Chain.small(merged, CLASSES));
  }

  @ParameterizedTest
  @CsvSource({"nd4j, LRT", "vector, LRT", "vector, BBB"})
  void aResumedTrainingEndsWithTheBytesOfOneThatNeverStopped(String engine, Estimator estimator) {
    ModuleOptions options = options(engine, estimator);
    Chain whole = Chain.small(options.withPriors(PRIORS), CLASSES);
    double before = whole.kl();
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
    trainer.fit(noise());
    assertTrue(whole.kl() < before, "nothing was learned");
    Chain resumed = load(weights, options);
    Trainer.of(resumed, OPTIONS).resume(TrainingFile.read(state)).fit(noise());
    assertEquals(whole.kl(), resumed.kl());
    for (int p = 0; p < whole.parameters().size(); p++) {
      Parameter parameter = whole.parameters().get(p);
      assertArrayEquals(
          Numbers.of(parameter), Numbers.of(resumed.parameters().get(p)), 0f, parameter.name());
    }
  }

  @Test
  void theCheckpointHoldsThePrior() {
    Path file = folder.resolve("mixture.safetensors");
    ModuleOptions options = options("vector", Estimator.LRT);
    Chain.small(options.withPriors(PRIORS), CLASSES).save(file);
    Chain loaded = load(file, options);
    assertEquals(PRIORS, loaded.options().priors().orElseThrow());
    assertEquals(
        new MixturePrior(0, 0.5, 0.3, 0.01), loaded.network().sampledPosteriors().get(0).prior());
    assertEquals(
        PRIORS.withMu(1),
        load(file, options.withPriors(PRIORS.withMu(1))).options().priors().orElseThrow());
  }

  @Test
  void aNetworkOfAnotherPriorIsRefused() {
    Path file = folder.resolve("mixture.safetensors");
    ModuleOptions options = options("vector", Estimator.LRT);
    Chain.small(options.withPriors(PRIORS), CLASSES).save(file);
    CheckpointException refusal =
        assertThrows(
            CheckpointException.class,
            () ->
                Checkpoint.load(
                    file,
                    Chain.DEFINITION,
                    options,
                    (free, merged) -> Chain.small(merged.withPriors(Priors.defaults()), CLASSES)));
    assertTrue(
        refusal.getMessage().contains("0.5 N(0.0, 0.3^2) + 0.5 N(0.0, 0.01^2)"),
        refusal.getMessage());
  }

  @Test
  void filesTellTheTwoPriorsApart() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (WeightPrior prior :
        Chain.small(options("nd4j", Estimator.LRT).withPriors(PRIORS), CLASSES)
            .network()
            .sampledPosteriors()
            .stream()
            .map(posterior -> posterior.prior())
            .toList()) {
      assertEquals(prior, json.readValue(json.writeValueAsString(prior), WeightPrior.class));
    }
    assertEquals(
        new GaussianPrior(0, 0.1), json.readValue("{\"mu\":0.0,\"sigma\":0.1}", WeightPrior.class));
    assertEquals(PRIORS, json.readValue(json.writeValueAsString(PRIORS), Priors.class));
  }

  @Test
  void ivonIsRefusedBeforeAnythingIsTrained() {
    Chain module = Chain.small(options("vector", Estimator.BBB).withPriors(PRIORS), CLASSES);
    Trainer trainer = Trainer.of(module, OPTIONS.withOptimiser(Optimiser.ivon()));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(noise()))
            .getMessage()
            .contains("expected one Gaussian with IVON"));
  }
}
