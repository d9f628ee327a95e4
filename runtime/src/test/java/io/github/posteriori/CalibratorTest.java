package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalInterval;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.calibration.ScoreChoice;
import io.github.posteriori.calibration.SetScore;
import io.github.posteriori.calibration.Temperature;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.SelectiveRisk;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CalibratorTest {
  private static final int SAMPLES = 5;
  private static final int FEATURES = 4;

  @TempDir private Path folder;

  private static Chain module(ModuleOptions options) {
    return Chain.of(
        options.withPriors(Priors.ofPyTorchBayesianCnn()),
        build -> {
          NetworkLayer fc1 = build.bayesLinear("fc1", Shape.features(FEATURES), 8, true);
          NetworkLayer act = build.activation("act", fc1.output(), Activation.RELU);
          NetworkLayer drop = build.dropout("drop", act.output(), 0.4);
          NetworkLayer fc2 = build.bayesLinear("fc2", drop.output(), 3, true);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {fc1, act}, new NetworkLayer[] {drop}, new NetworkLayer[] {fc2});
        });
  }

  private static Chain lrt() {
    return module(ModuleOptions.defaults().withSeed(1));
  }

  /** Examples whose class depends on the first features, more or less. */
  private static Dataset examples(int count, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][FEATURES];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < FEATURES; k++) {
        rows[i][k] = (float) random.nextGaussian();
      }
      double sum = rows[i][0] + rows[i][1] + 0.7 * random.nextGaussian();
      labels[i] = sum < -0.7 ? 0 : sum < 0.7 ? 1 : 2;
    }
    return Dataset.of("drawn", Shape.features(FEATURES), 3, rows, labels);
  }

  private static INDArray batch(Dataset dataset) {
    float[] all = new float[dataset.size() * FEATURES];
    for (int i = 0; i < dataset.size(); i++) {
      dataset.image(i, all, i * FEATURES);
    }
    return Nd4j.create(all, new long[] {dataset.size(), FEATURES}, 'c');
  }

  private static Calibrator calibrator(BayesModule module) {
    return Calibrator.of(new Evaluator(module, SAMPLES, 64));
  }

  private static Calibration.OfClasses calibrated(BayesModule module) {
    return (Calibration.OfClasses) calibrator(module).withCoverage(0.8).calibrate(examples(120, 2));
  }

  private static double[] mean(BayesModule module, INDArray images, Temperature temperature) {
    double[] mean = new double[(int) images.size(0) * 3];
    for (int t = 0; t < SAMPLES; t++) {
      float[] logits = module.forward(images, t).logits().dup('c').data().asFloat();
      for (int row = 0; row < logits.length; row += 3) {
        double sum = 0;
        for (int k = row; k < row + 3; k++) {
          sum += Math.exp(logits[k] / temperature.value());
        }
        for (int k = row; k < row + 3; k++) {
          mean[k] += Math.exp(logits[k] / temperature.value()) / sum / SAMPLES;
        }
      }
    }
    return mean;
  }

  /** The logits of {@code forward} have no temperature; divided by it they are those predicted. */
  @ParameterizedTest
  @CsvSource({"LRT, vector", "LRT, nd4j", "BBB, vector", "BBB, nd4j", "POINT, vector"})
  void thePredictionHasTheTemperature(Estimator estimator, String engine) {
    Chain module =
        module(ModuleOptions.defaults().withSeed(1).withEstimator(estimator).withEngine(engine));
    Temperature temperature = calibrated(module).temperature();
    assertTrue(Math.abs(temperature.value() - 1) > 0.05, temperature.toString());
    INDArray images = batch(examples(9, 5));
    double[] expected = mean(module, images, temperature);
    Prediction predicted = module.predict(images, SAMPLES);
    assertArrayEquals(expected, predicted.probabilities().data().asDouble(), 1e-6);
    List<PredictiveSamples> alone = module.sample(images, SAMPLES);
    if (estimator == Estimator.POINT) {
      double[] moments = module.predictMoments(images).probabilities().data().asDouble();
      assertArrayEquals(expected, moments, 1e-6);
      assertArrayEquals(
          Arrays.copyOf(expected, 3),
          alone.get(0).prediction().probabilities().data().asDouble(),
          1e-6);
    }
  }

  /** A last layer scaled by 1 / T has logits, and moments of logits, that are divided by T. */
  @Test
  void momentsHaveTheTemperature() {
    Chain module = lrt();
    Temperature temperature = calibrated(module).temperature();
    INDArray images = batch(examples(9, 5));
    double[] found = module.predictMoments(images).probabilities().data().asDouble();
    Chain divided = lrt();
    double by = temperature.value();
    for (var parameter : divided.parameters()) {
      if (parameter.name().startsWith("fc2") && parameter.name().endsWith("_mu")) {
        Numbers.change(parameter, mu -> mu / by);
      } else if (parameter.name().startsWith("fc2")) {
        Numbers.change(parameter, rho -> Math.log(Math.expm1(Math.log1p(Math.exp(rho)) / by)));
      }
    }
    assertArrayEquals(
        divided.predictMoments(images).probabilities().data().asDouble(), found, 1e-6);
    double[] raw = lrt().predictMoments(images).probabilities().data().asDouble();
    assertTrue(Math.abs(raw[0] - found[0]) > 1e-4);
  }

  /** One half gives the temperature, the other the threshold; both by what the user can call. */
  @ParameterizedTest
  @EnumSource(ScoreChoice.class)
  void theHalvesAreTemperatureAndThreshold(ScoreChoice choice) {
    Chain module = lrt();
    Dataset heldOut = examples(200, 3);
    var found =
        (Calibration.OfClasses)
            calibrator(module).withCoverage(0.9).withScore(choice).withSeed(7).calibrate(heldOut);
    var halves = heldOut.split(0.5, 7);
    assertEquals(temperature(lrt(), halves.train()), found.temperature().value(), 1e-5);
    double[][] tuning = probabilities(module, halves.train());
    double[][] promising = probabilities(module, halves.valid());
    SetScore score = choice.tuned(tuning, uniforms(halves.train()), labels(halves.train()), 0.9);
    ConformalSets expected =
        ConformalSets.fit(score, promising, uniforms(halves.valid()), labels(halves.valid()), 0.9);
    assertEquals(expected.score(), found.sets().score());
    assertEquals(expected.threshold(), found.sets().threshold(), 1e-6);
    assertEquals(Optional.of(found), module.calibration());
    SelectiveRisk risk = module.selectiveRisk().orElseThrow();
    assertEquals(100, risk.examples());
    assertEquals(Optional.of(0.05), risk.delta());
  }

  private static double temperature(Chain raw, Dataset half) {
    INDArray images = batch(half);
    float[][] logits = new float[half.size()][SAMPLES * 3];
    for (int t = 0; t < SAMPLES; t++) {
      INDArray drawn = raw.forward(images, t).logits();
      for (int i = 0; i < half.size(); i++) {
        for (int k = 0; k < 3; k++) {
          logits[i][3 * t + k] = drawn.getFloat(i, k);
        }
      }
    }
    return Temperature.fit(logits, 3, labels(half)).value();
  }

  private static double[][] probabilities(Chain module, Dataset half) {
    return module.predict(batch(half), SAMPLES).probabilities().toDoubleMatrix();
  }

  private static double[] uniforms(Dataset half) {
    float[] row = new float[FEATURES];
    double[] u = new double[half.size()];
    for (int i = 0; i < u.length; i++) {
      half.image(i, row, 0);
      u[i] = ConformalSets.uniform(row, 0, FEATURES);
    }
    return u;
  }

  private static int[] labels(Dataset half) {
    int[] labels = new int[half.size()];
    Arrays.setAll(labels, half::label);
    return labels;
  }

  @Test
  void aSetIsMeasuredAsItIsPredicted() {
    Chain module = lrt();
    calibrator(module).withScore(ScoreChoice.APS).withCoverage(0.9).calibrate(examples(120, 2));
    Dataset test = examples(150, 8);
    MetricsCollector measured = new Evaluator(module, SAMPLES, 40).collect(test);
    INDArray images = batch(test);
    List<int[]> sets = module.sets(images, module.predict(images, SAMPLES));
    int members = 0;
    int covering = 0;
    for (int i = 0; i < test.size(); i++) {
      int label = test.label(i);
      members += sets.get(i).length;
      covering += Arrays.stream(sets.get(i)).anyMatch(k -> k == label) ? 1 : 0;
    }
    assertEquals(members / 150.0, measured.sets().orElseThrow().meanSize(), 1e-12);
    assertEquals(covering / 150.0, measured.sets().orElseThrow().coverage(), 1e-12);
    assertTrue(new Evaluator(lrt(), SAMPLES, 40).collect(test).sets().isEmpty());
  }

  @Test
  void whoeverCalibratesAgainBeginsAnew() {
    Chain module = lrt();
    Calibration once = calibrated(module);
    assertEquals(once, calibrated(module));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ensemble", "laplace", "mc-dropout"})
  void aPredictorIsCalibratedAsItPredicts(String method) {
    ModuleOptions point = ModuleOptions.defaults().withEstimator(Estimator.POINT);
    Chain module = module(point.withSeed(1));
    Predictor predictor =
        switch (method) {
          case "ensemble" -> Predictor.ensemble(List.of(module(point.withSeed(2))));
          case "laplace" -> LastLayerLaplace.fit(module, examples(60, 4));
          default -> Predictor.mcDropout();
        };
    module.predictor(predictor);
    Dataset fitting = examples(120, 2).split(0.5, 0).train();
    MetricsCollector before = new Evaluator(module, SAMPLES, 64).collect(fitting);
    Temperature temperature = calibrated(module).temperature();
    MetricsCollector after = new Evaluator(module, SAMPLES, 64).collect(fitting);
    assertTrue(after.metrics().nll() < before.metrics().nll());
    assertTrue(Math.abs(temperature.value() - 1) > 0.01);
    module.predictor(Predictor.posterior());
    assertEquals(Optional.empty(), module.calibration());
  }

  private Path save(BayesModule module) {
    Path file = folder.resolve("module.safetensors");
    module.save(file);
    return file;
  }

  private static Chain load(Path file, ModuleOptions options) {
    return Checkpoint.load(file, Chain.DEFINITION, options, (free, all) -> module(all));
  }

  @ParameterizedTest
  @EnumSource(ScoreChoice.class)
  void checkpointsKeepIt(ScoreChoice choice) {
    Chain module = lrt();
    calibrator(module).withScore(choice).withCoverage(0.8).calibrate(examples(120, 2));
    Path file = save(module);
    assertEquals("2", Safetensors.read(file).metadata().get("posteriori"));
    assertEquals(module.calibration(), Checkpoint.read(file).calibration());
    Chain loaded = load(file, ModuleOptions.defaults().withSeed(1));
    assertEquals(module.calibration(), loaded.calibration());
    assertEquals(module.selectiveRisk(), loaded.selectiveRisk());
    INDArray images = batch(examples(9, 5));
    assertEquals(
        module.predict(images, SAMPLES).probabilities(),
        loaded.predict(images, SAMPLES).probabilities());
    assertEquals("1", Safetensors.read(save(lrt())).metadata().get("posteriori"));
  }

  @Test
  void anotherEstimatorIsNotWhatWasPromised() {
    Chain module = lrt();
    calibrated(module);
    Path file = save(module);
    ModuleOptions seeded = ModuleOptions.defaults().withSeed(1);
    assertTrue(load(file, seeded.withEstimator(Estimator.LRT)).calibration().isPresent());
    Chain other = load(file, seeded.withEstimator(Estimator.POINT));
    assertEquals(Optional.empty(), other.calibration());
    assertEquals(Optional.empty(), other.selectiveRisk());
  }

  @Test
  void trainingForgetsIt() {
    Chain module = lrt();
    calibrated(module);
    Trainer.of(module, TrainingOptions.defaults().withEpochs(1)).fit(examples(60, 9));
    assertEquals(Optional.empty(), module.calibration());
  }

  @ParameterizedTest
  @CsvSource({
    "\"value\":, \"value\":-",
    "\"lac\", \"luck\"",
    "temperature, warmth",
    "\"sets\":{, \"intervals\":{"
  })
  void aDamagedOneIsRefused(String found, String instead) {
    Chain module = lrt();
    calibrated(module);
    Safetensors whole = Safetensors.read(save(module));
    Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
    assertTrue(metadata.get("calibration").contains(found), metadata.get("calibration"));
    metadata.computeIfPresent("calibration", (key, text) -> text.replace(found, instead));
    Path file = folder.resolve("damaged.safetensors");
    new Safetensors(metadata, whole.tensors()).write(file);
    var refusal =
        assertThrows(CheckpointException.class, () -> load(file, ModuleOptions.defaults()));
    assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
  }

  private static Chain regression() {
    Chain module =
        Chain.of(
            ModuleOptions.defaults().withSeed(3),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {
                      build.bayesLinear("fc", Shape.features(FEATURES), 4, true)
                    }));
    Trainer.of(
            module,
            TrainingOptions.defaults().withEpochs(1).withLikelihood(Likelihood.heteroscedastic()))
        .fit(numbers(200, 1));
    return module;
  }

  /** Two numbers of other scales around the features. */
  private static Dataset numbers(int count, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][FEATURES];
    float[][] targets = new float[count][2];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < FEATURES; k++) {
        rows[i][k] = (float) random.nextGaussian();
      }
      targets[i][0] = (float) (1_000 + 50 * (rows[i][0] + random.nextGaussian()));
      targets[i][1] = (float) (rows[i][1] - 3 + 0.1 * random.nextGaussian());
    }
    return Dataset.ofValues(
        "numbers", Shape.features(FEATURES), List.of("price", "size"), rows, targets);
  }

  @Test
  void intervalsAreThoseOfEachNumber() {
    Chain module = regression();
    Dataset heldOut = numbers(199, 2);
    var found = (Calibration.OfValues) calibrator(module).withCoverage(0.9).calibrate(heldOut);
    ValuePrediction predicted = module.predictValues(batch(heldOut), SAMPLES);
    for (int k = 0; k < 2; k++) {
      double[] scores = new double[199];
      for (int i = 0; i < scores.length; i++) {
        ValueDistribution number = predicted.distributions().get(i).get(k);
        double variance = number.epistemicVariance() + number.aleatoricVariance();
        scores[i] =
            Math.abs(((Targets.Values) heldOut.targets(i)).values()[k] - number.mean())
                / Math.sqrt(variance);
      }
      Arrays.sort(scores);
      // The least k of at least 200 * 0.9.
      assertEquals(scores[179], found.intervals().get(k).factor(), 1e-4);
    }
    Chain loaded =
        Checkpoint.load(
            save(module), Chain.DEFINITION, ModuleOptions.defaults(), (free, all) -> regression());
    assertEquals(Optional.of(found), loaded.calibration());
  }

  @Test
  void refusesWhatItCannotPromise() {
    Calibrator calibrator = calibrator(lrt());
    refuses(
        "37 held-out examples cannot promise, expected at least 38",
        () -> calibrator.calibrate(examples(37, 1)));
    refuses("coverage is 1.0", () -> calibrator.withCoverage(1).calibrate(examples(39, 1)));
    refuses("delta is 0.0", () -> calibrator.withDelta(0));
    refuses("by moments", () -> Calibrator.of(Evaluator.sampleFree(lrt(), 64)));
    Calibration foreign = new Calibration.OfValues(0.9, 50, 5, List.of(new ConformalInterval(1)));
    refuses("calibrate it again", () -> lrt().calibration(foreign));
    var uncalibrated =
        assertThrows(
            IllegalStateException.class,
            () -> lrt().sets(batch(examples(2, 1)), lrt().predict(batch(examples(2, 1)), 1)));
    assertTrue(uncalibrated.getMessage().contains("promises no sets"));
  }

  private static void refuses(String message, Executable call) {
    var refusal = assertThrows(IllegalArgumentException.class, call);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }
}
