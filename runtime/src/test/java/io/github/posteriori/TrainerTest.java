package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.TrainingFile;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.DivergedException;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.GradientExchange;
import io.github.posteriori.train.LearningRate;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import io.github.posteriori.train.TrainingStep;
import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final int CLASSES = 3;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withEpochs(6)
          .withBatch(32)
          .withLearningRate(0.01)
          .withBeta(new Beta.Constant(0.1));

  @TempDir Path folder;

  /** Bright stripes at one of three heights, in noise. */
  private static Dataset stripes(int count, int stream) {
    float[][] images = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      images[i] = NoiseKey.training(3, stream).of(1).uniform(i, 1, 144);
      labels[i] = i % CLASSES;
      for (int p = 0; p < 144; p++) {
        boolean stripe = p / 12 >= 4 * labels[i] && p / 12 < 4 * labels[i] + 2;
        images[i][p] = 0.6f * images[i][p] + (stripe ? 0.4f : 0);
      }
    }
    return Dataset.of("stripes", Shape.image(1, 12, 12), CLASSES, images, labels);
  }

  private static Chain module(Estimator estimator) {
    return Chain.small(ModuleOptions.defaults().withSeed(4).withEstimator(estimator), CLASSES);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void learnsUnderEveryEstimator(Estimator estimator) {
    Chain module = module(estimator);
    List<EpochReport> epochs = Trainer.of(module, OPTIONS).fit(stripes(480, 0), stripes(120, 1));
    assertEquals(6, epochs.size());
    assertTrue(epochs.get(5).loss() < epochs.get(0).loss());
    double accuracy = new Evaluator(module, 5, 64).evaluate(stripes(300, 2)).accuracy();
    assertTrue(accuracy > 0.95, "accuracy " + accuracy);
  }

  @Test
  void minimisesTheNumberOfTrainingImagesTimesNllPlusBetaTimesKl() {
    List<TrainingStep.Report> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepDone(TrainingStep.Report report) {
            steps.add(report);
          }
        };
    Chain module = module(Estimator.LRT);
    double before = module.kl();
    Trainer.of(module, OPTIONS.withEpochs(1)).listen(listener).fit(stripes(100, 0));
    assertEquals(4, steps.size(), "the last batch has 4 images and is not dropped");
    assertEquals(4, steps.get(3).images());
    assertEquals(before, steps.get(0).kl(), 1e-9 * before);
    for (TrainingStep.Report step : steps) {
      assertEquals(100 * step.nll() + 0.1 * step.kl(), step.loss(), 1e-9 * step.loss());
    }
  }

  @Test
  void forgetsWhatWasMeasuredOfTheWeightsBefore() {
    Chain module = module(Estimator.LRT);
    module.selectiveRisk(SelectiveRisk.of(List.of(new Answer(1, 1, 0.9))));
    Trainer.of(module, OPTIONS.withEpochs(1)).fit(stripes(64, 0));
    assertEquals(Optional.empty(), module.selectiveRisk());
  }

  @Test
  void lowersTheLearningRateLinearlyToZero() {
    List<EpochReport> epochs =
        Trainer.of(module(Estimator.LRT), OPTIONS.withEpochs(2)).fit(stripes(64, 0));
    assertEquals(0.01 * (1 - 0.25), epochs.get(0).learningRate(), 1e-12);
    assertEquals(0.01 * (1 - 0.75), epochs.get(1).learningRate(), 1e-12);
  }

  @Test
  void changesTheLearningRateAsItsScheduleSays() {
    TrainingOptions options = OPTIONS.withEpochs(2);
    List<EpochReport> constant =
        Trainer.of(module(Estimator.LRT), options.withSchedule(LearningRate.constant()))
            .fit(stripes(64, 0));
    assertEquals(0.01, constant.get(0).learningRate(), 0);
    assertEquals(0.01, constant.get(1).learningRate(), 0);
    List<EpochReport> cosine =
        Trainer.of(module(Estimator.LRT), options.withSchedule(LearningRate.cosine().warmUp(0.5)))
            .fit(stripes(64, 0));
    assertEquals(0.01 * 0.5, cosine.get(0).learningRate(), 1e-12);
    assertEquals(0.01 * 0.5, cosine.get(1).learningRate(), 1e-12);
  }

  @Test
  void learnsByGradientDescentWithMomentum() {
    Chain module = module(Estimator.LRT);
    TrainingOptions options =
        OPTIONS.withOptimiser(Optimiser.sgd(0.9)).withLearningRate(3e-4).withEpochs(8);
    List<EpochReport> epochs = Trainer.of(module, options).fit(stripes(480, 0));
    assertTrue(epochs.get(7).nll() < 0.5 * epochs.get(0).nll(), () -> epochs.toString());
  }

  @Test
  void endsWithTheSameBytesForTheSameSeed() throws Exception {
    Dataset train = stripes(200, 0);
    byte[][] files = new byte[3][];
    for (int run = 0; run < 3; run++) {
      Chain module = Chain.small(ModuleOptions.defaults().withSeed(run == 2 ? 5 : 4), CLASSES);
      Trainer.of(module, OPTIONS.withEpochs(2)).fit(train);
      Path file = folder.resolve("run" + run + ".safetensors");
      module.save(file);
      files[run] = Files.readAllBytes(file);
    }
    assertArrayEquals(files[0], files[1]);
    assertFalse(Arrays.equals(files[0], files[2]));
  }

  /** A program that ends in the middle of a training. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @CsvSource({
    "nd4j,LRT,adam",
    "nd4j,BBB,adam",
    "nd4j,POINT,adam",
    "vector,LRT,adam",
    "vector,BBB,adam",
    "vector,POINT,adam",
    "nd4j,LRT,sgd",
    "vector,LRT,sgd",
  })
  void goesOnToTheSameBytesAsIfItHadNeverStopped(
      String engine, Estimator estimator, String optimiser) throws Exception {
    ModuleOptions made =
        ModuleOptions.defaults().withSeed(4).withEngine(engine).withEstimator(estimator);
    TrainingOptions chosen =
        optimiser.equals("adam")
            ? OPTIONS
            : OPTIONS.withOptimiser(Optimiser.sgd(0.9)).withLearningRate(1e-4);
    TrainingOptions options =
        chosen
            .withEpochs(5)
            .withAugmentation(Augmentation.rotation(10).withShift(2).withHorizontalFlip())
            .withPatience(4);
    Dataset train = stripes(200, 0);
    Dataset valid = stripes(60, 1);
    Chain whole = Chain.small(made, CLASSES);
    List<EpochReport> expected = Trainer.of(whole, options).fit(train, valid);

    Chain killed = Chain.small(made, CLASSES);
    Path weights = folder.resolve("weights.safetensors");
    Path state = folder.resolve("state.safetensors");
    Trainer trainer = Trainer.of(killed, options);
    trainer.listen(
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            if (report.epoch() == 2) {
              killed.save(weights);
              TrainingFile.write(trainer.state(), state);
            }
          }

          @Override
          public void stepDone(TrainingStep.Report report) {
            if (report.step() == 17) { // in the third epoch, which is lost
              throw new Killed();
            }
          }
        });
    assertThrows(Killed.class, () -> trainer.fit(train, valid));

    Chain resumed =
        Checkpoint.load(
            weights, Chain.DEFINITION, made, (free, merged) -> Chain.small(merged, CLASSES));
    List<EpochReport> reports =
        Trainer.of(resumed, options).resume(TrainingFile.read(state)).fit(train, valid);
    assertArrayEquals(bytes(whole), bytes(resumed));
    assertEquals(
        expected.stream().map(TrainerTest::withoutTime).toList(),
        reports.stream().map(TrainerTest::withoutTime).toList());
    for (int epoch = 1; epoch < 5; epoch++) {
      assertTrue(reports.get(epoch).seconds() > reports.get(epoch - 1).seconds());
    }
  }

  private byte[] bytes(Chain module) throws Exception {
    Path file = folder.resolve("module.safetensors");
    module.save(file);
    return Files.readAllBytes(file);
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

  @Test
  void refusesTheStateOfAnotherTraining() {
    Chain module = module(Estimator.LRT);
    Trainer trainer = Trainer.of(module, OPTIONS.withEpochs(2));
    assertThrows(IllegalStateException.class, trainer::state);
    trainer.fit(stripes(64, 0));
    TrainingState state = trainer.state();
    assertEquals(2, state.epochs());
    assertEquals(4, state.optimiser().steps());
    Trainer shorter = Trainer.of(module, OPTIONS.withEpochs(1)).resume(state);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> shorter.fit(stripes(64, 0)))
            .getMessage()
            .contains("done 2 epochs, expected at most 1"));
    Chain wider = Chain.small(ModuleOptions.defaults().withEstimator(Estimator.LRT), 7);
    Dataset seven = Dataset.of("seven", Shape.image(1, 12, 12), 7, new float[1][144], new int[1]);
    Trainer other = Trainer.of(wider, OPTIONS).resume(state);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> other.fit(seven))
            .getMessage()
            .contains("it belongs to another network"));
    Trainer descent = Trainer.of(module, OPTIONS.withOptimiser(Optimiser.sgd(0.9))).resume(state);
    assertEquals(
        "the optimiser's state has nothing for conv1.W_mu.velocity, expected 36: it belongs to"
            + " another network or optimiser",
        assertThrows(IllegalArgumentException.class, () -> descent.fit(stripes(64, 0)))
            .getMessage());
  }

  @Test
  void learnsWithBlocksToTheSameBytesForTheSameSeed() throws Exception {
    float[][] images = new float[90][];
    int[] labels = new int[90];
    for (int i = 0; i < 90; i++) {
      images[i] = NoiseKey.training(3, 7).of(1).uniform(i, 1, 40);
      labels[i] = i % CLASSES;
      for (int p = 0; p < 40; p++) {
        boolean band = p % 20 / 7 == labels[i];
        images[i][p] = 0.5f * images[i][p] + (band ? 0.5f : 0);
      }
    }
    Dataset train = Dataset.of("dots", Residual.INPUT, CLASSES, images, labels);
    byte[][] files = new byte[2][];
    for (int run = 0; run < 2; run++) {
      Residual module = Residual.create(ModuleOptions.defaults().withSeed(4));
      List<EpochReport> epochs = Trainer.of(module, OPTIONS.withEpochs(4)).fit(train);
      assertTrue(epochs.get(3).loss() < epochs.get(0).loss(), () -> epochs.toString());
      assertTrue(epochs.get(3).nll() < 0.5 * epochs.get(0).nll(), () -> epochs.toString());
      assertTrue(epochs.get(3).score().value() > 0.8, () -> epochs.toString());
      Path file = folder.resolve("blocks" + run + ".safetensors");
      module.save(file);
      files[run] = Files.readAllBytes(file);
    }
    assertArrayEquals(files[0], files[1]);
  }

  @Test
  void leavesRhoAloneUnderThePointEstimate() {
    Chain module = module(Estimator.POINT);
    Parameter rho = module.parameters().get(1);
    float[] before = Numbers.of(rho);
    Trainer.of(module, OPTIONS.withEpochs(1)).fit(stripes(64, 0));
    assertEquals("conv1.W_rho", rho.name());
    assertArrayEquals(before, Numbers.of(rho));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "vector"})
  void stopsWhenTheLossIsNotFiniteAndNamesTheLayer(String engine) {
    ModuleOptions options = ModuleOptions.defaults().withSeed(4).withEngine(engine);
    Chain poisoned = Chain.small(options, CLASSES);
    Parameter last = poisoned.parameters().get(poisoned.parameters().size() - 2);
    Numbers.set(last, 0, Float.NaN);
    String layer = last.name().substring(0, last.name().indexOf('.'));
    assertTrue(
        diverges(poisoned, stripes(64, 0))
            .startsWith("the loss is not finite at step 0 (N * NLL = NaN"));
    assertTrue(
        diverges(poisoned, stripes(64, 0))
            .endsWith(
                "layer " + layer + ": " + last.name() + " holds NaN; lower the learning rate"));

    Chain huge = Chain.small(options, CLASSES);
    Numbers.change(huge.parameters().get(0), x -> 1e30 * x);
    Numbers.change(last(huge, "W_mu"), x -> 1e30 * x);
    String message = diverges(huge, stripes(64, 0));
    assertTrue(
        message.contains("layer " + layer + " is the first whose output is not finite"), message);
    assertTrue(message.contains("the largest weight, of "), message);
  }

  private static Parameter last(Chain module, String tensor) {
    return module.parameters().stream()
        .filter(p -> p.name().endsWith(tensor))
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  private static String diverges(Chain module, Dataset train) {
    return assertThrows(
            DivergedException.class, () -> Trainer.of(module, OPTIONS.withEpochs(1)).fit(train))
        .getMessage();
  }

  @Test
  void namesThePixelThatMakesALossNotFinite() {
    Dataset sound = stripes(64, 0);
    Dataset holed =
        new Dataset() {
          @Override
          public String name() {
            return sound.name();
          }

          @Override
          public int size() {
            return sound.size();
          }

          @Override
          public Shape shape() {
            return sound.shape();
          }

          @Override
          public int classes() {
            return sound.classes();
          }

          @Override
          public int label(int index) {
            return sound.label(index);
          }

          @Override
          public void image(int index, float[] target, int offset) {
            sound.image(index, target, offset);
            if (index == 5) {
              target[offset + 30] = Float.POSITIVE_INFINITY;
            }
          }
        };
    float[] pixels = new float[64 * 144];
    for (int i = 0; i < 64; i++) {
      holed.image(i, pixels, i * 144);
    }
    Chain module = module(Estimator.LRT);
    TrainingStep step =
        new TrainingStep(
            module.runner(),
            module.network(),
            new TrainingStep.Setup(
                Likelihood.categorical(), Optimiser.adam(), 64, 4, 1, GradientExchange.none()));
    Batch batch = new Batch(pixels, new int[64], 64, 0);
    String message =
        assertThrows(DivergedException.class, () -> step.run(batch, 1, 0.01)).getMessage();
    assertTrue(
        message.endsWith(
            "pixel 30 of image 5 of the batch is Infinity; look where the images were read or"
                + " scaled"),
        message);
  }

  @Test
  void stopsWhenTheLastStepLeavesWeightsThatAreNotFinite() {
    TrainingOptions wild = OPTIONS.withEpochs(1).withBatch(64).withLearningRate(1e30);
    DivergedException stop =
        assertThrows(
            DivergedException.class,
            () -> Trainer.of(module(Estimator.LRT), wild).fit(stripes(64, 0)));
    assertTrue(stop.getMessage().contains("after epoch 1"), stop.getMessage());
  }

  @Test
  void comparesEpochsByTheBetaThatAScheduleLeadsTo() {
    TrainingOptions warmUp = OPTIONS.withEpochs(8).withBeta(Beta.parse("soenderby"));
    List<EpochReport> epochs =
        Trainer.of(module(Estimator.LRT), warmUp).fit(stripes(96, 0), stripes(60, 1));
    for (EpochReport epoch : epochs) {
      EpochReport.Validation valid = epoch.valid().orElseThrow();
      assertEquals(96 * valid.nll() + epoch.kl(), valid.loss(), 1e-9 * valid.loss());
    }
    assertTrue(epochs.get(7).valid().orElseThrow().best(), "NLL and KL both fell to the end");
  }

  @Test
  void stopsWhenTheValidationLossHasNotFallenForAsLongAsPatienceLasts() {
    // At so high a learning rate the loss also rises.
    Dataset train = stripes(64, 0);
    Dataset valid = stripes(60, 1);
    TrainingOptions options = OPTIONS.withEpochs(60).withLearningRate(0.1);
    List<EpochReport> whole = Trainer.of(module(Estimator.POINT), options).fit(train, valid);
    List<EpochReport> stopped =
        Trainer.of(module(Estimator.POINT), options.withPatience(2)).fit(train, valid);

    int end = 0;
    for (int stale = 0; stale < 2; end++) {
      double loss = whole.get(end).valid().orElseThrow().loss();
      double least =
          whole.subList(0, end).stream()
              .mapToDouble(epoch -> epoch.valid().orElseThrow().loss())
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      stale = loss < least ? 0 : stale + 1;
      assertEquals(stale, whole.get(end).valid().orElseThrow().sinceBest());
      assertEquals(loss < least, whole.get(end).valid().orElseThrow().best());
    }
    assertEquals(end, stopped.size());
    assertTrue(end < 60, "the loss rises twice in a row at some time");
    for (int i = 0; i < end; i++) {
      assertEquals(whole.get(i).learningRate(), stopped.get(i).learningRate());
      assertEquals(whole.get(i).loss(), stopped.get(i).loss(), "patience changes no epoch");
      assertEquals(i == end - 1, stopped.get(i).stopsEarly());
      assertFalse(whole.get(i).stopsEarly());
    }
  }

  @Test
  void aTrainingThatEndsAnywayDoesNotStopEarly() {
    TrainingOptions options = OPTIONS.withLearningRate(1e-12).withEpochs(3).withPatience(2);
    List<EpochReport> epochs =
        Trainer.of(module(Estimator.POINT), options).fit(stripes(64, 0), stripes(60, 1));
    assertEquals(3, epochs.size());
    assertEquals(2, epochs.get(2).valid().orElseThrow().sinceBest());
    assertFalse(epochs.get(2).stopsEarly());
  }

  @Test
  void refusesPatienceWithoutValidation() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Trainer.of(module(Estimator.LRT), OPTIONS.withPatience(2)).fit(stripes(64, 0)));
    assertTrue(refusal.getMessage().contains("no validation set"), refusal.getMessage());
    assertThrows(IllegalArgumentException.class, () -> OPTIONS.withPatience(-1));
  }

  @Test
  void refusesImagesOfAnotherShapeWithAsManyPixels() {
    Dataset tall = Dataset.of("tall", Shape.image(1, 24, 6), 3, new float[1][144], new int[1]);
    assertThrows(
        IllegalArgumentException.class, () -> Trainer.of(module(Estimator.LRT), OPTIONS).fit(tall));
  }

  @Test
  void refusesASetThatDoesNotFit() {
    Dataset large = Dataset.of("large", Shape.image(1, 13, 12), 3, new float[1][156], new int[1]);
    assertThrows(
        IllegalArgumentException.class,
        () -> Trainer.of(module(Estimator.LRT), OPTIONS).fit(large));
    Dataset many = Dataset.of("many", Shape.image(1, 12, 12), 4, new float[1][144], new int[1]);
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Trainer.of(module(Estimator.LRT), OPTIONS).fit(many));
    assertTrue(refusal.getMessage().contains("4 classes, expected 3"), refusal.getMessage());
  }

  @Test
  void recordsHowTheWeightsCameAbout() {
    Chain module = module(Estimator.LRT);
    Trainer.of(module, OPTIONS.withEpochs(2)).fit(stripes(64, 0));
    Provenance provenance = module.provenance().orElseThrow();
    assertEquals("stripes", provenance.dataset());
    assertEquals(64, provenance.trainingImages());
    assertEquals(2, provenance.epochs());
    assertEquals("0.1", provenance.beta());
  }
}
