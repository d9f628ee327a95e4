package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.Exchange;
import io.github.posteriori.train.GradientExchange;
import io.github.posteriori.train.GradientStep;
import io.github.posteriori.train.Replica;
import io.github.posteriori.train.Shard;
import io.github.posteriori.train.ShardGradients;
import io.github.posteriori.train.ShardedExchange;
import io.github.posteriori.train.WeightUpdate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainers in threads that share out every batch reach the weights that one trainer reaches. */
@Timeout(120)
class GradientExchangeTest {
  private static final int CLASSES = 3;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withEpochs(2)
          .withOptimiser(Optimiser.sgd(0.9))
          .withLearningRate(1e-4)
          .withBeta(new Beta.Constant(0.1));

  /** Adds up over threads, the first shard first, once all of them have come. */
  private static final class Threads {
    private final CyclicBarrier barrier;
    private final float[][][] gradients;
    private final double[][] totals;

    Threads(int shards) {
      this.barrier = new CyclicBarrier(shards);
      this.gradients = new float[shards][][];
      this.totals = new double[shards][];
    }

    GradientExchange exchange(int index) {
      Shard own = new Shard(index, totals.length);
      return new GradientExchange() {
        @Override
        public Shard shard() {
          return own;
        }

        @Override
        public void sum(List<Parameter> trained, double[] mine) {
          gradients[index] = trained.stream().map(Numbers::gradients).toArray(float[][]::new);
          totals[index] = mine.clone();
          await();
          for (int p = 0; p < trained.size(); p++) {
            float[] sum = new float[trained.get(p).size()];
            for (float[][] each : gradients) {
              for (int i = 0; i < sum.length; i++) {
                sum[i] += each[p][i];
              }
            }
            trained.get(p).writeGradient(0, sum.length, sum, 0);
          }
          for (int t = 0; t < mine.length; t++) {
            mine[t] = 0;
            for (double[] each : totals) {
              mine[t] += each[t];
            }
          }
          await(); // so that nobody's next step overwrites what others still read
        }
      };
    }

    private void await() {
      try {
        barrier.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Dataset noise(int count, int stream) {
    float[][] images = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      images[i] = NoiseKey.training(3, stream).of(1).uniform(i, 1, 144);
      labels[i] = i % CLASSES;
    }
    return Dataset.of("noise", Shape.image(1, 12, 12), CLASSES, images, labels);
  }

  private static Chain module(String engine, Estimator estimator) {
    return Chain.small(
        ModuleOptions.defaults().withSeed(4).withEngine(engine).withEstimator(estimator), CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "vector, LRT, 2, 60, 32",
    "vector, BBB, 2, 60, 32",
    "vector, POINT, 2, 60, 32",
    "nd4j, LRT, 2, 60, 32",
    // Batches of 2 images for 3 trainers, and a last one of 1.
    "vector, LRT, 3, 9, 2",
    "nd4j, BBB, 3, 9, 2",
    "toy, LRT, 3, 9, 2"
  })
  void reachTheSameWeights(String engine, Estimator estimator, int shards, int images, int batch)
      throws Exception {
    assertSame(
        () -> module(engine, estimator),
        OPTIONS.withBatch(batch),
        shards,
        noise(images, 0),
        noise(images, 1));
  }

  @ParameterizedTest
  @CsvSource({"vector, BBB, 3, 9, 2", "nd4j, LRT, 2, 60, 32"})
  void reachTheSamePosteriorByIvon(
      String engine, Estimator estimator, int shards, int images, int batch) throws Exception {
    assertSame(
        () -> module(engine, estimator),
        OPTIONS.withBatch(batch).withOptimiser(Optimiser.ivon()).withLearningRate(0.05),
        shards,
        noise(images, 0),
        noise(images, 1));
  }

  /** Returns the one trainer's module, after as many shards have reached the same weights. */
  private static Chain assertSame(
      Supplier<Chain> start, TrainingOptions options, int shards, Dataset train, Dataset valid)
      throws Exception {
    Chain alone = start.get();
    List<EpochReport> expected = Trainer.of(alone, options).fit(train, valid);

    Threads threads = new Threads(shards);
    List<Chain> modules = new ArrayList<>();
    List<Future<List<EpochReport>>> reports = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(shards);
    try {
      for (int s = 0; s < shards; s++) {
        Chain module = start.get();
        modules.add(module);
        Trainer trainer = Trainer.of(module, options).exchange(threads.exchange(s));
        reports.add(pool.submit(() -> trainer.fit(train, valid)));
      }
      for (Future<List<EpochReport>> each : reports) {
        assertNear(expected, each.get());
      }
    } finally {
      pool.shutdownNow();
    }
    Chain untrained = start.get();
    for (int p = 0; p < alone.parameters().size(); p++) {
      Parameter parameter = alone.parameters().get(p);
      float[] found = Numbers.of(modules.get(0).parameters().get(p));
      double moved = distance(Numbers.of(untrained.parameters().get(p)), Numbers.of(parameter));
      double error = distance(Numbers.of(parameter), found);
      assertTrue(error <= 1e-4 * moved, parameter.name() + " is off by " + error + " of " + moved);
      for (Chain other : modules) {
        assertArrayEquals(found, Numbers.of(other.parameters().get(p)), 0f, parameter.name());
      }
    }
    for (Chain other : modules) {
      assertNear(alone.likelihood().learned().variances(), other.likelihood());
    }
    return alone;
  }

  private static void assertNear(List<Double> variances, Likelihood other) {
    for (int k = 0; k < variances.size(); k++) {
      assertEquals(variances.get(k), other.learned().variances().get(k), 1e-5);
    }
  }

  @Test
  void learnTheSameNoise() throws Exception {
    Chain alone =
        assertSame(
            () -> Chain.small(ModuleOptions.defaults().withSeed(4).withEngine("vector"), 1),
            OPTIONS.withBatch(8).withLikelihood(Likelihood.gaussian()),
            3,
            numbers(30, 0),
            numbers(30, 1));
    assertNotEquals(List.of(1.0), alone.likelihood().learned().variances());
  }

  @ParameterizedTest
  @CsvSource({
    "vector, LRT, 3, 60, 32, false",
    "vector, BBB, 2, 60, 32, true",
    "nd4j, LRT, 2, 60, 32, false",
    // Batches of 2 images for 3 shards, and a last one of 1.
    "vector, LRT, 3, 9, 2, false"
  })
  void shardsOfOneTrainerLeadThere(
      String engine, Estimator estimator, int shards, int images, int batch, boolean ivon) {
    TrainingOptions options = OPTIONS.withBatch(batch);
    if (ivon) {
      options = options.withOptimiser(Optimiser.ivon()).withLearningRate(0.05);
    }
    Chain start = module(engine, estimator);
    Chain alone = module(engine, estimator);
    Chain divided = module(engine, estimator);
    assertNear(
        Trainer.of(alone, options).fit(noise(images, 0), noise(images, 1)),
        Trainer.of(divided, options)
            .exchange(GradientExchange.shards(shards))
            .fit(noise(images, 0), noise(images, 1)));
    for (int p = 0; p < alone.parameters().size(); p++) {
      float[] expected = Numbers.of(alone.parameters().get(p));
      double moved = distance(Numbers.of(start.parameters().get(p)), expected);
      double error = distance(expected, Numbers.of(divided.parameters().get(p)));
      assertTrue(error <= 1e-4 * moved, "off by " + error + " of " + moved);
    }
  }

  @Test
  void oneShardLeavesTheBytes() {
    Chain alone = module("vector", Estimator.LRT);
    Chain one = module("vector", Estimator.LRT);
    Trainer.of(alone, OPTIONS).fit(noise(40, 0));
    Trainer.of(one, OPTIONS).exchange(GradientExchange.shards(1)).fit(noise(40, 0));
    for (int p = 0; p < alone.parameters().size(); p++) {
      assertArrayEquals(Numbers.of(alone.parameters().get(p)), Numbers.of(one.parameters().get(p)));
    }
  }

  /** A network that normalises what a convolution and what a linear layer give. */
  private static Chain normalised(String engine) {
    return Chain.of(
        ModuleOptions.defaults().withSeed(4).withEngine(engine),
        build -> {
          // A bias would be taken off again.
          Filters filters = Filters.of(3, Window.kernel(5, 5)).withoutBias();
          var conv = build.bayesConv("conv1", Shape.image(1, 12, 12), filters);
          var first = build.batchNorm("bn1", conv.output());
          var act = build.activation("act1", first.output(), Activation.SOFTPLUS);
          var flatten = build.flatten("flatten", act.output());
          var fc = build.bayesLinear("fc1", flatten.output(), 5, false);
          var second = build.batchNorm("bn2", fc.output());
          var fc2 = build.bayesLinear("fc2", second.output(), CLASSES, true);
          return Stream.of(conv, first, act, flatten, fc, second, fc2)
              .map(layer -> new NetworkLayer[] {layer})
              .toList();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "vector, 2, 100, 50",
    "nd4j, 2, 60, 32",
    // Batches of 2 images for 3 shards.
    "vector, 3, 8, 2",
    "nd4j, 3, 8, 2"
  })
  void shardsOnCopiesNormaliseOverTheWholeBatch(String engine, int shards, int images, int batch) {
    TrainingOptions options = OPTIONS.withBatch(batch).withSamples(2, 1).withLearningRate(1e-5);
    Chain start = normalised(engine);
    Chain alone = normalised(engine);
    Chain divided = normalised(engine);
    assertNear(
        Trainer.of(alone, options).fit(noise(images, 0), noise(images, 1)),
        Trainer.of(divided, options)
            .shards(shards, () -> normalised(engine))
            .fit(noise(images, 0), noise(images, 1)));
    for (int p = 0; p < alone.parameters().size(); p++) {
      float[] expected = Numbers.of(alone.parameters().get(p));
      double moved = distance(Numbers.of(start.parameters().get(p)), expected);
      double error = distance(expected, Numbers.of(divided.parameters().get(p)));
      String name = alone.parameters().get(p).name();
      assertTrue(error <= 1e-3 * moved, name + " is off by " + error + " of " + moved);
    }
  }

  @Test
  void copiesLeadToTheBytesOfShardsThatRunOneAfterTheOther() {
    Chain inTurn = module("vector", Estimator.LRT);
    Chain together = module("vector", Estimator.LRT);
    inTurn.parameters().get(0).prune(Mask.of(BitSet.valueOf(new byte[] {5}), 36), 0.1f);
    together.parameters().get(0).prune(inTurn.parameters().get(0).mask().orElseThrow(), 0.1f);
    Trainer.of(inTurn, OPTIONS).exchange(GradientExchange.shards(3)).fit(noise(40, 0));
    List<Chain> copies = new ArrayList<>();
    Trainer.of(together, OPTIONS)
        .shards(
            3,
            () -> {
              copies.add(module("vector", Estimator.LRT));
              return copies.get(copies.size() - 1);
            })
        .fit(noise(40, 0));
    for (int p = 0; p < inTurn.parameters().size(); p++) {
      assertArrayEquals(
          Numbers.of(inTurn.parameters().get(p)), Numbers.of(together.parameters().get(p)));
    }
    assertEquals(3, copies.size());
    for (Chain copy : copies) {
      assertEquals(inTurn.parameters().get(0).mask(), copy.parameters().get(0).mask());
    }
  }

  @Test
  void aCopyThatIsAnotherNetworkIsRefused() {
    Trainer trainer =
        Trainer.of(module("vector", Estimator.LRT), OPTIONS)
            .shards(2, () -> module("vector", Estimator.BBB));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(noise(4, 0)))
            .getMessage()
            .endsWith("create it as the module was created"));
  }

  @Test
  void shardsOfOneTrainerRefuseBatchNorm() {
    Chain normalised =
        Chain.of(
            ModuleOptions.defaults(),
            build -> {
              var fc = build.bayesLinear("fc1", Shape.features(4), 3, true);
              var norm = build.batchNorm("bn1", fc.output());
              return List.of(new NetworkLayer[] {fc}, new NetworkLayer[] {norm});
            });
    Dataset set =
        Dataset.of(
            "two", Shape.features(4), 3, new float[][] {new float[4], new float[4]}, new int[2]);
    Trainer trainer = Trainer.of(normalised, OPTIONS).exchange(GradientExchange.shards(2));
    assertEquals(
        "bn1 normalises over all images of a batch, which 2 shards divide: give the trainer copies"
            + " of the network by Trainer.shards, so that they can run beside each other",
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(set)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> GradientExchange.shards(0));
  }

  /** An exchange that looks for the images of batches in the set that it is given, if it is. */
  private static ShardedExchange finding(List<String> found) {
    return new ShardedExchange(2, Exchange.gradients()) {
      private Dataset set;
      private UnaryOperator<float[]> standardised;

      @Override
      public void start(Dataset train, UnaryOperator<float[]> standardised) {
        this.set = train;
        this.standardised = standardised;
        found.add("start");
      }

      @Override
      protected List<ShardGradients> compute(
          List<GradientStep> shards, WeightUpdate update, Replica network) {
        for (GradientStep shard : shards) {
          Batch batch = shard.batch();
          boolean same = Arrays.equals(images(batch.rows()), batch.images());
          found.add(same ? "same" : "varied");
        }
        return shards.stream().map(each -> each.compute(network, AllGather.alone())).toList();
      }

      private float[] images(int[] rows) {
        float[] images = new float[rows.length * 144];
        for (int i = 0; i < rows.length; i++) {
          float[] image = new float[144];
          set.image(rows[i], image, 0);
          System.arraycopy(standardised.apply(image), 0, images, i * image.length, image.length);
        }
        return images;
      }
    };
  }

  @Test
  void anExchangeCanFindTheImagesOfBatchesThatAreNotVaried() {
    List<String> found = new ArrayList<>();
    TrainingOptions options = OPTIONS.withEpochs(1).withBatch(8).withStandardisation(true);
    Trainer.of(module("vector", Estimator.LRT), options).exchange(finding(found)).fit(noise(12, 1));
    assertEquals(List.of("start", "same", "same", "same", "same"), found);
    found.clear();
    Trainer.of(
            module("vector", Estimator.LRT),
            options.withAugmentation(Augmentation.none().withShift(1)))
        .exchange(finding(found))
        .fit(noise(12, 1));
    assertEquals(List.of("varied", "varied", "varied", "varied"), found);
  }

  private static Dataset numbers(int count, int stream) {
    float[][] images = new float[count][];
    float[][] values = new float[count][1];
    for (int i = 0; i < count; i++) {
      images[i] = NoiseKey.training(3, stream).of(1).uniform(i, 1, 144);
      values[i][0] = 1_000 + 10 * images[i][7];
    }
    return Dataset.ofValues("numbers", Shape.image(1, 12, 12), List.of("y"), images, values);
  }

  private static double distance(float[] one, float[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += Math.pow(one[i] - other[i], 2);
    }
    return Math.sqrt(squares);
  }

  private static void assertNear(List<EpochReport> expected, List<EpochReport> found) {
    assertEquals(expected.size(), found.size());
    for (int e = 0; e < expected.size(); e++) {
      EpochReport one = expected.get(e);
      EpochReport other = found.get(e);
      assertEquals(one.loss(), other.loss(), 1e-5 * one.loss());
      assertEquals(one.nll(), other.nll(), 1e-5 * one.nll());
      assertEquals(one.kl(), other.kl(), 1e-5 * one.kl());
      assertEquals(one.score().value(), other.score().value(), 1e-7 * one.score().value());
      assertEquals(
          one.valid().orElseThrow().nll(),
          other.valid().orElseThrow().nll(),
          1e-5 * one.valid().orElseThrow().nll());
    }
  }
}
