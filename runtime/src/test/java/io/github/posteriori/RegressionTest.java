package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import io.github.posteriori.uncertainty.LabelMetrics;
import io.github.posteriori.uncertainty.ValueMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks trained on numbers, counts and several labels at once whose distribution is known. */
class RegressionTest {
  private static final double LEVEL = 200_000;
  private static final double SCALE = 50_000;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(20).withBatch(100).withLearningRate(0.02);

  @TempDir private Path folder;

  private static Chain module(String engine, int outputs) {
    Priors priors = new Priors(0, 1, 0, 0.5, -4, 0.1);
    return Chain.of(
        ModuleOptions.defaults().withSeed(4).withEngine(engine).withPriors(priors),
        build -> {
          var fc1 = build.bayesLinear("fc1", Shape.features(1), 32, true);
          var act = build.activation("act", fc1.output(), Activation.RELU);
          var fc2 = build.bayesLinear("fc2", act.output(), outputs, true);
          return List.of(new NetworkLayer[] {fc1, act}, new NetworkLayer[] {fc2});
        });
  }

  /** What is drawn for an input. */
  private interface Draw {
    float[] at(double x, Random random);
  }

  /** A set of inputs drawn evenly from -1 to 1. */
  private static Dataset drawn(int size, int seed, List<String> names, Draw draw) {
    Random random = new Random(seed);
    float[][] inputs = new float[size][1];
    float[][] targets = new float[size][];
    for (int i = 0; i < size; i++) {
      inputs[i][0] = 2 * random.nextFloat() - 1;
      targets[i] = draw.at(inputs[i][0], random);
    }
    return Dataset.ofValues("curve", Shape.features(1), names, inputs, targets);
  }

  private static double curve(double x) {
    return LEVEL + SCALE * Math.sin(3 * x);
  }

  /** Prices around a sine; their noise is the same everywhere, or grows from left to right. */
  private static Dataset prices(int size, int seed, ToDoubleFunction<Double> noise) {
    return drawn(
        size,
        seed,
        List.of("price"),
        (x, random) ->
            new float[] {
              (float) (curve(x) + SCALE * noise.applyAsDouble(x) * random.nextGaussian())
            });
  }

  private static INDArray inputs(float... x) {
    return Nd4j.create(x, new long[] {x.length, 1}, 'c');
  }

  private static double growing(double x) {
    return 0.1 + 0.2 * (x + 1);
  }

  @Test
  void theBandOfEvenNoiseCoversTheDataAndWidensOutside() {
    Chain net = module("vector", 1);
    Dataset train = prices(2_000, 1, x -> 0.3);
    Trainer.of(net, OPTIONS.withLikelihood(Likelihood.gaussian())).fit(train);
    ValueMetrics metrics = new Evaluator(net, 10, 500).evaluateValues(prices(3_000, 5, x -> 0.3));

    assertEquals(0.95, metrics.interval(0.95).coverage(), 0.01);
    assertEquals(0.9, metrics.interval(0.9).coverage(), 0.02);
    assertEquals(0.5, metrics.interval(0.5).coverage(), 0.03);
    double noise = 0.3 * SCALE;
    assertEquals(noise, metrics.rmse(), 0.08 * noise);
    // The entropy of the noise, and the score of knowing its distribution.
    assertEquals(Math.log(noise * Math.sqrt(2 * Math.PI * Math.E)), metrics.nll(), 0.08);
    assertEquals(noise / Math.sqrt(Math.PI), metrics.crps(), 0.08 * noise);
    ValuePrediction seen = net.predictValues(inputs(-0.5f, 0, 0.5f), 50);
    assertEquals(noise, seen.aleatoricStd().getDouble(0), 0.05 * noise);
    assertEquals(curve(0.5), seen.mean().getDouble(2), 0.1 * SCALE);
    assertWidensOutside(net);
  }

  private static void assertWidensOutside(Chain net) {
    ValuePrediction prediction = net.predictValues(inputs(0, -2, 2, -4, 4), 50);
    INDArray epistemic = prediction.epistemicStd();
    for (int outside = 1; outside < 3; outside++) {
      double near = epistemic.getDouble(outside);
      assertTrue(near > 2 * epistemic.getDouble(0), epistemic.toString());
      assertTrue(epistemic.getDouble(outside + 2) > 1.5 * near, epistemic.toString());
    }
    assertBandHoldsTogether(prediction);
  }

  /** The law of total variance, and quantiles on both sides of the mean. */
  private static void assertBandHoldsTogether(ValuePrediction prediction) {
    for (int i = 0; i < prediction.distributions().size(); i++) {
      double epistemic = prediction.epistemicStd().getDouble(i);
      double aleatoric = prediction.aleatoricStd().getDouble(i);
      assertEquals(Math.hypot(epistemic, aleatoric), prediction.std().getDouble(i), 1e-6);
      assertTrue(prediction.quantile(0.025).getDouble(i) < prediction.mean().getDouble(i));
      assertTrue(prediction.quantile(0.975).getDouble(i) > prediction.mean().getDouble(i));
    }
    assertArrayEquals(
        new long[] {prediction.distributions().size(), 1}, prediction.quantile(0.5).shape());
  }

  @Test
  void theBandOfNoiseThatGrowsFollowsIt() {
    Chain net = module("vector", 2);
    Dataset train = prices(2_000, 1, RegressionTest::growing);
    Trainer.of(net, OPTIONS.withLikelihood(Likelihood.heteroscedastic())).fit(train);
    Evaluator evaluator = new Evaluator(net, 10, 500);
    ValueMetrics metrics = evaluator.evaluateValues(prices(3_000, 5, RegressionTest::growing));

    assertEquals(0.95, metrics.interval(0.95).coverage(), 0.01);
    INDArray noise = net.predictValues(inputs(-0.5f, 0, 0.5f), 50).aleatoricStd();
    for (int i = 0; i < 3; i++) {
      double known = SCALE * growing(i / 2.0 - 0.5);
      assertEquals(known, noise.getDouble(i), 0.15 * known);
    }
    assertWidensOutside(net);
  }

  /** Prices of 200,000 train as well as those of 1: the network sees neither. */
  @Test
  void pricesTrainFromTheDefaultInitialisation() {
    Chain net =
        Chain.of(
            ModuleOptions.defaults().withSeed(4),
            build -> {
              var fc1 = build.bayesLinear("fc1", Shape.features(1), 32, true);
              var act = build.activation("act", fc1.output(), Activation.RELU);
              var fc2 = build.bayesLinear("fc2", act.output(), 1, true);
              return List.of(new NetworkLayer[] {fc1, act}, new NetworkLayer[] {fc2});
            });
    List<EpochReport> reports =
        Trainer.of(net, OPTIONS.withEpochs(8).withLikelihood(Likelihood.gaussian()))
            .fit(prices(1_000, 1, x -> 0.3), prices(500, 2, x -> 0.3));
    double deviation = net.likelihood().learned().deviations().get(0);
    double error = reports.get(7).valid().orElseThrow().score().value();
    assertTrue(error < 0.6 * deviation, error + " of " + deviation);
    assertTrue(error > 0.3 * SCALE * 0.9, "less than the noise");
  }

  private static Draw counts() {
    return (x, random) -> new float[] {poisson(40 * Math.exp(x), random)};
  }

  /** Counts events of rate 1 until the time is up. */
  private static int poisson(double rate, Random random) {
    int count = -1;
    for (double time = 0; time < rate; time -= Math.log(1 - random.nextDouble())) {
      count++;
    }
    return count;
  }

  @Test
  void countsRecoverTheirRates() {
    Chain net = module("vector", 1);
    Trainer.of(net, OPTIONS.withEpochs(10).withLikelihood(Likelihood.poisson()))
        .fit(drawn(1_000, 1, List.of("calls"), counts()));
    ValuePrediction prediction = net.predictValues(inputs(-0.8f, 0, 0.8f), 50);
    for (int i = 0; i < 3; i++) {
      double rate = 40 * Math.exp(0.8 * (i - 1));
      assertEquals(rate, prediction.mean().getDouble(i), 0.1 * rate);
      assertEquals(Math.sqrt(rate), prediction.aleatoricStd().getDouble(i), 0.1 * Math.sqrt(rate));
      assertEquals(
          rate + 1.96 * Math.sqrt(rate), prediction.quantile(0.975).getDouble(i), 0.2 * rate);
    }
    ValueMetrics metrics =
        new Evaluator(net, 10, 500).evaluateValues(drawn(500, 2, List.of("calls"), counts()));
    assertEquals(0.95, metrics.interval(0.95).coverage(), 0.03);
  }

  private static double warm(double x) {
    return 1 / (1 + Math.exp(-3 * x));
  }

  private static Draw labels() {
    return (x, random) ->
        new float[] {random.nextDouble() < warm(x) ? 1 : 0, random.nextDouble() < 0.25 ? 1 : 0};
  }

  @Test
  void labelsRecoverTheirProbabilities() {
    Chain net = module("vector", 2);
    List<String> names = List.of("warm", "windy");
    Trainer.of(net, OPTIONS.withEpochs(10).withLikelihood(Likelihood.bernoulli()))
        .fit(drawn(2_000, 1, names, labels()));
    LabelPrediction prediction = net.predictLabels(inputs(-0.7f, 0.7f), 50);
    assertEquals(names, prediction.labelNames());
    for (int i = 0; i < 2; i++) {
      double p = prediction.probabilities().getDouble(i, 0);
      assertEquals(warm(1.4 * i - 0.7), p, 0.07);
      assertEquals(0.25, prediction.probabilities().getDouble(i, 1), 0.07);
      double variance =
          prediction.epistemic().getDouble(i, 0) + prediction.aleatoric().getDouble(i, 0);
      assertEquals(p * (1 - p), variance, 1e-9);
    }
    assertEquals(List.of(), prediction.labels(0));
    assertEquals(List.of("warm"), prediction.labels(1));

    LabelMetrics metrics =
        new Evaluator(net, 10, 500).evaluateLabels(drawn(1_000, 2, names, labels()));
    // Of the known probabilities: the best rule errs by mean min(p, 1-p) of warm, and by 1/4.
    double error = 0;
    double entropy = 0;
    for (double x = -1 + 1e-3; x < 1; x += 2e-3) {
      error += Math.min(warm(x), 1 - warm(x)) * 1e-3;
      entropy -= (warm(x) * Math.log(warm(x)) + warm(-x) * Math.log(warm(-x))) * 1e-3;
    }
    assertEquals(1 - (error + 0.25) / 2, metrics.accuracy(), 0.03);
    entropy -= 0.25 * Math.log(0.25) + 0.75 * Math.log(0.75);
    assertEquals(entropy, metrics.nll(), 0.06);
  }

  /** Wind, whatever x, on a quarter of the days: balanced it is as likely as none. */
  @Test
  void aBalancedTrainingTakesBothSidesOfALabelForAsLikely() {
    Chain net = module("vector", 2);
    Trainer.of(net, OPTIONS.withEpochs(5).withLikelihood(Likelihood.bernoulli()).withBalance(true))
        .fit(drawn(2_000, 1, List.of("warm", "windy"), labels()));
    LabelPrediction prediction = net.predictLabels(inputs(-0.7f, 0.7f), 50);
    for (int i = 0; i < 2; i++) {
      assertEquals(warm(1.4 * i - 0.7), prediction.probabilities().getDouble(i, 0), 0.1);
      assertEquals(0.5, prediction.probabilities().getDouble(i, 1), 0.1);
    }
    assertSame(net.likelihood().unweighted(), net.likelihood(), "for measurements");
  }

  @Test
  void mixupOfLabelsTrainsAndOfNumbersIsRefused() {
    TrainingOptions mixed =
        OPTIONS.withEpochs(1).withAugmentation(Augmentation.none().withMixup(1));
    Dataset bits = drawn(200, 1, List.of("warm", "windy"), labels());
    Trainer.of(module("vector", 2), mixed.withLikelihood(Likelihood.bernoulli())).fit(bits);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Trainer.of(module("vector", 1), mixed.withLikelihood(Likelihood.gaussian()))
                    .fit(prices(200, 1, x -> 0.3)));
    assertEquals(
        "the augmentation is mixup:1, expected none that mixes numbers, as that would hide the"
            + " noise of the gaussian likelihood: leave mixup out",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"gaussian, 1", "heteroscedastic, 2", "poisson, 1"})
  void bothEnginesLearnTheSame(String likelihood, int outputs) {
    Dataset train =
        likelihood.equals("poisson")
            ? drawn(200, 1, List.of("calls"), counts())
            : prices(200, 1, x -> 0.3);
    TrainingOptions options =
        OPTIONS.withEpochs(2).withSamples(2, 2).withLikelihood(Likelihood.parse(likelihood));
    Chain one = module("vector", outputs);
    Chain other = module("nd4j", outputs);
    EpochReport first =
        Trainer.of(one, options).fit(train, prices(50, 3, x -> 0.3, likelihood)).get(1);
    EpochReport second =
        Trainer.of(other, options).fit(train, prices(50, 3, x -> 0.3, likelihood)).get(1);

    assertEquals(first.valid().orElseThrow().nll(), second.valid().orElseThrow().nll(), 1e-3);
    assertEquals(first.score().value(), second.score().value(), 1e-4 * first.score().value());
    List<Double> learned = one.likelihood().learned().variances();
    for (int k = 0; k < learned.size(); k++) {
      assertTrue(learned.get(k) != 1, "the noise has been learned");
      assertEquals(learned.get(k), other.likelihood().learned().variances().get(k), 1e-4);
    }
  }

  private static Dataset prices(
      int size, int seed, ToDoubleFunction<Double> noise, String likelihood) {
    return likelihood.equals("poisson")
        ? drawn(size, seed, List.of("calls"), counts())
        : prices(size, seed, noise);
  }

  private static Chain load(Path file, int outputs) {
    return Checkpoint.load(
        file,
        Chain.DEFINITION,
        ModuleOptions.defaults().withSeed(4).withEngine("vector"),
        (free, options) -> module(options.engine(), outputs));
  }

  @Test
  void aCheckpointKeepsTheLikelihoodAndWhatItLearned() {
    Chain net = module("vector", 1);
    Trainer.of(net, OPTIONS.withEpochs(2).withLikelihood(Likelihood.gaussian()))
        .fit(prices(200, 1, x -> 0.3));
    Path file = folder.resolve("net.safetensors");
    net.save(file);
    Chain loaded = load(file, 1);

    assertEquals(net.likelihood(), loaded.likelihood());
    assertEquals(List.of("price"), loaded.likelihood().targetNames());
    assertEquals(net.likelihood(), Checkpoint.read(file).likelihood());
    INDArray x = inputs(-1, 0.25f);
    assertEquals(net.predictValues(x, 5).quantile(0.9), loaded.predictValues(x, 5).quantile(0.9));
  }

  @Test
  void aTrainingResumesWithTheNoiseThatItHadLearned() throws Exception {
    Dataset train = prices(200, 1, x -> 0.3);
    Dataset valid = prices(100, 3, x -> 0.3);
    TrainingOptions options = OPTIONS.withEpochs(4).withLikelihood(Likelihood.gaussian());
    Path half = folder.resolve("half.safetensors");
    Chain whole = module("vector", 1);
    Trainer trainer = Trainer.of(whole, options);
    TrainingState[] state = new TrainingState[1];
    trainer.listen(
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            if (report.epoch() == 2) {
              whole.save(half);
              state[0] = trainer.state();
            }
          }
        });
    trainer.fit(train, valid);
    Chain resumed = load(half, 1);
    Trainer.of(resumed, options).resume(state[0]).fit(train, valid);

    Path one = folder.resolve("one.safetensors");
    Path other = folder.resolve("other.safetensors");
    whole.save(one);
    resumed.save(other);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(other));
  }

  @Test
  void anotherTrainingOnTheSameTargetsKeepsTheirScale() {
    Chain net = module("vector", 1);
    TrainingOptions options = OPTIONS.withEpochs(1).withLikelihood(Likelihood.gaussian());
    Trainer.of(net, options).fit(prices(200, 1, x -> 0.3));
    List<Double> means = net.likelihood().learned().means();
    Trainer.of(net, options).fit(prices(200, 2, x -> 0.3));
    assertEquals(means, net.likelihood().learned().means());

    Path file = folder.resolve("net.safetensors");
    net.save(file);
    Chain warm = module("vector", 1);
    WarmStart.of(file).apply(warm);
    assertEquals(net.likelihood(), warm.likelihood());
  }

  @Test
  void predictsNothingElseThanItsLikelihoodExplains() {
    Chain net = module("vector", 1);
    Trainer.of(net, OPTIONS.withEpochs(1).withLikelihood(Likelihood.gaussian()))
        .fit(prices(200, 1, x -> 0.3));
    Evaluator evaluator = new Evaluator(net, 2, 100);
    for (Runnable use :
        List.<Runnable>of(
            () -> net.predict(inputs(0), 2),
            () -> net.sample(inputs(0), 2),
            () -> evaluator.evaluate(prices(10, 2, x -> 0.3)),
            () -> evaluator.uncertainty(prices(10, 2, x -> 0.3)))) {
      assertEquals(
          "the likelihood of test.Chain is gaussian, expected one of classes: call predictValues,"
              + " or train it with another",
          assertThrows(IllegalStateException.class, use::run).getMessage());
    }
    assertThrows(IllegalStateException.class, () -> net.predictLabels(inputs(0), 2));
    assertThrows(
        IllegalStateException.class, () -> evaluator.evaluateLabels(prices(10, 2, x -> 0.3)));
    assertThrows(
        IllegalStateException.class, () -> module("vector", 2).predictValues(inputs(0), 2));
  }

  @Test
  void refusesANetworkOfOtherOutputsAndTargetsOfOtherNames() {
    TrainingOptions options = OPTIONS.withLikelihood(Likelihood.heteroscedastic());
    assertEquals(
        "curve has 1 targets, for which the heteroscedastic likelihood takes 2 outputs, but the"
            + " network has 1: end it with 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(module("vector", 1), options).fit(prices(10, 1, x -> 0.3)))
            .getMessage());
    Dataset train = prices(200, 1, x -> 0.3);
    Dataset other = drawn(10, 1, List.of("rent"), (x, random) -> new float[] {1});
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(module("vector", 2), options).fit(train, other))
            .getMessage()
            .contains("[rent], expected [price]"));
  }
}
