package io.github.posteriori.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.networks.ClassPath;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Networks;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.Exchange;
import io.github.posteriori.train.GradientStep;
import io.github.posteriori.train.Replica;
import io.github.posteriori.train.Shard;
import io.github.posteriori.train.ShardGradients;
import io.github.posteriori.train.ShardedExchange;
import io.github.posteriori.train.WeightChange;
import io.github.posteriori.train.WeightUpdate;
import io.github.posteriori.train.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shards on executors lead to the bytes of a trainer that has them computed without Spark. */
class ShardsTest {
  private static final int ROWS = 50;
  private static final int SHARDS = 3;
  private static final Map<String, Definition> DEFINITIONS = new HashMap<>();
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withEpochs(3)
          .withBatch(24) // and batches of 2 rows for 3 shards
          .withLearningRate(0.05)
          .withBeta(new Beta.Constant(0.001));

  @TempDir Path folder;

  private static double label(int row) {
    return Nets.features(row)[0] > 0.5 ? 1 : 0;
  }

  private static double number(int row) {
    return 10 + 20 * (double) Nets.features(row)[0];
  }

  private static org.apache.spark.sql.Dataset<Row> rows() {
    List<Row> rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                i -> {
                  float[] f = Nets.features(i);
                  double[] features = IntStream.range(0, f.length).mapToDouble(k -> f[k]).toArray();
                  return RowFactory.create(Vectors.dense(features), label(i), number(i));
                })
            .toList();
    return LocalSpark.SESSION.createDataFrame(
        rows,
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType)
            .add("number", DataTypes.DoubleType));
  }

  private static BayesModule module(String net, int outputs) {
    return DEFINITIONS
        .computeIfAbsent(
            net,
            name ->
                new Networks(ClassPath.none(), false)
                    .find(Nets.source(name).toString(), Optional.empty(), true))
        .create(
            Map.of("features", Nets.FEATURES, "classes", outputs),
            ModuleOptions.defaults().withSeed(3));
  }

  private static <E extends TrainingParams<E>> E set(E estimator, String net) {
    return estimator
        .setNetwork(Nets.source(net).toString())
        .setEpochs(3)
        .setBatchSize(24)
        .setLearningRate(0.05)
        .setBeta(0.001)
        .setSeed(3)
        .setShards(SHARDS);
  }

  private static float[] numbers(Parameter parameter) {
    float[] numbers = new float[parameter.size()];
    parameter.read(numbers);
    return numbers;
  }

  private static void assertSame(BayesModule expected, BayesModule found) {
    for (int p = 0; p < expected.parameters().size(); p++) {
      Parameter parameter = expected.parameters().get(p);
      assertArrayEquals(
          numbers(parameter), numbers(found.parameters().get(p)), 0f, parameter.name());
    }
  }

  @ParameterizedTest
  @CsvSource({"TinyNet, 3, 24", "NormedNet, 3, 24", "TinyNet, 33, 40"})
  void ofAClassifier(String net, int shards, int batch) {
    BayesModule expected = module(net, 2);
    int[] labels = IntStream.range(0, ROWS).map(row -> (int) label(row)).toArray();
    float[][] features = Nets.examples(ROWS).toArray(float[][]::new);
    Trainer.of(expected, OPTIONS.withBatch(batch))
        .shards(shards, () -> module(net, 2))
        .fit(Dataset.of("features", expected.inputShape(), 2, features, labels));
    BayesClassifier classifier =
        set(new BayesClassifier(), net).setShards(shards).setBatchSize(batch);
    assertSame(expected, classifier.fit(rows()).module());
  }

  /** Sums of neighbours are nodes of the tree, so that summing these leads to the same bytes. */
  @Test
  void neighboursAreNodesOfTheTree() {
    for (int shards = 1; shards <= 70; shards++) {
      Neighbours groups = new Neighbours(shards);
      List<List<ShardGradients>> nodes = new ArrayList<>();
      IntStream.range(0, groups.numPartitions()).forEach(g -> nodes.add(new ArrayList<>()));
      for (int s = 0; s < shards; s++) {
        nodes.get(groups.getPartition(s)).add(gradients(s));
      }
      List<ShardGradients> all = IntStream.range(0, shards).mapToObj(s -> gradients(s)).toList();
      List<ShardGradients> sums = nodes.stream().map(ShardGradients::sum).toList();
      float sum = ShardGradients.sum(sums).gradients()[0][0];
      assertEquals(ShardGradients.sum(all).gradients()[0][0], sum, 0f, shards + " shards");
    }
  }

  /** Numbers of which another order of adding has another sum. */
  private static ShardGradients gradients(int shard) {
    float number = NoiseKey.training(1, 1).of(1).uniform(shard, 1, 1)[0];
    return new ShardGradients(new float[][] {{number}}, new double[1], new float[0][]);
  }

  /** Executors of a local master are threads of this JVM, which read the images that it keeps. */
  @Test
  void batchesTravelWithoutTheirImages() {
    BayesModule module = module("TinyNet", 2);
    int[] labels = IntStream.range(0, ROWS).map(row -> (int) label(row)).toArray();
    float[][] features = Nets.examples(ROWS).toArray(float[][]::new);
    Dataset set = Dataset.of("features", module.inputShape(), 2, features, labels);
    List<Integer> images = new ArrayList<>();
    SparkContext context = LocalSpark.SESSION.sparkContext();
    try (ClusterExchange exchange = ClusterExchange.of(context, module, SHARDS)) {
      Trainer.of(module, OPTIONS.withEpochs(1))
          .exchange(
              new ShardedExchange(SHARDS, Exchange.gradients()) {
                @Override
                public boolean spansBatch() {
                  return true;
                }

                @Override
                public void start(Dataset train, UnaryOperator<float[]> standardised) {
                  exchange.start(train, standardised);
                }

                @Override
                protected List<ShardGradients> compute(
                    List<GradientStep> shards, WeightUpdate update, Replica network) {
                  exchange.sent(shards).forEach(shard -> images.add(shard.batch().images().length));
                  return exchange.compute(shards, update, network);
                }
              })
          .fit(set);
    }
    assertEquals(List.of(0, 0, 0, 0, 0, 0, 0, 0), images); // of 3, 3 and 2 shards
  }

  @Test
  void executorsKeepImagesAsTheNetworkTakesThem() throws IOException, ClassNotFoundException {
    float[][] features = Nets.examples(4).toArray(float[][]::new);
    Dataset set = Dataset.of("features", Shape.features(Nets.FEATURES), 2, features, new int[4]);
    KeptImages here =
        KeptImages.of(
            set,
            image -> {
              image[0] += 1;
              return image;
            });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(here);
    }
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    KeptImages there = (KeptImages) in.readObject();
    Batch batch =
        new Batch(
            new float[2 * Nets.FEATURES], new Targets.Labels(new int[2]), 2, 0, new int[] {3, 1});
    float[] expected = new float[2 * Nets.FEATURES];
    System.arraycopy(features[3], 0, expected, 0, Nets.FEATURES);
    System.arraycopy(features[1], 0, expected, Nets.FEATURES, Nets.FEATURES);
    expected[0] += 1;
    expected[Nets.FEATURES] += 1;
    assertArrayEquals(expected, there.with(here.without(batch)).images());
    assertArrayEquals(expected, here.with(here.without(batch)).images());
    Batch varied = new Batch(new float[] {7}, new Targets.Labels(new int[1]), 1, 0);
    assertArrayEquals(new float[] {7}, there.with(here.without(varied)).images());
  }

  @ParameterizedTest
  @CsvSource({"TinyNet, bfloat16", "NormedNet, bfloat16", "TinyNet, local:2", "NormedNet, merge"})
  void whateverTheyExchange(String net, String exchange) {
    BayesModule expected = module(net, 2);
    int[] labels = IntStream.range(0, ROWS).map(row -> (int) label(row)).toArray();
    float[][] features = Nets.examples(ROWS).toArray(float[][]::new);
    Trainer.of(expected, OPTIONS.withBatch(20).withEpochs(2))
        .shards(SHARDS, () -> module(net, 2), Exchange.parse(exchange))
        .fit(Dataset.of("features", expected.inputShape(), 2, features, labels));
    BayesClassifier classifier =
        set(new BayesClassifier(), net).setBatchSize(20).setEpochs(2).setExchange(exchange);
    assertSame(expected, classifier.fit(rows()).module());
  }

  /** An executor that has no weights, or those of an earlier step, fetches all. */
  @Test
  void executorsFetchTheWeightsThatTheyLack() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(LocalSpark.SESSION.sparkContext());
    Weights whole = new Weights(List.of(new Weights.Tensor(new float[] {1, 2}, null, 0)));
    short one = (short) 0x3f80; // 1 in bfloat16
    WeightChange change = new WeightChange(List.of(new short[] {one, 0}));
    SentWeights sent =
        SentWeights.broadcast(context, new WeightUpdate(7, whole, Optional.of(change)));
    Weights held = new Weights(List.of(new Weights.Tensor(new float[] {5, 6}, null, 0)));
    assertArrayEquals(new float[] {6, 6}, sent.weights(held, 6).tensors().get(0).kept());
    assertArrayEquals(new float[] {1, 2}, sent.weights(held, 5).tensors().get(0).kept());
    assertArrayEquals(new float[] {1, 2}, sent.weights(null, 6).tensors().get(0).kept());
  }

  @Test
  void mergedPartsAreNotKeptAfterEachEpoch() {
    BayesClassifier classifier =
        set(new BayesClassifier(), "TinyNet")
            .setExchange("merge")
            .setCheckpointDir(folder.toString());
    assertThrows(IllegalArgumentException.class, () -> classifier.fit(rows()));
    assertThrows(IllegalArgumentException.class, () -> classifier.setExchange("float"));
  }

  @Test
  void ofARegressorThatLearnsItsNoise() {
    BayesModule expected = module("TinyNet", 1);
    float[][] features = Nets.examples(ROWS).toArray(float[][]::new);
    float[][] values = new float[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      values[row] = new float[] {(float) number(row)};
    }
    Trainer.of(expected, OPTIONS.withLikelihood(Likelihood.gaussian()))
        .shards(SHARDS, () -> module("TinyNet", 1))
        .fit(
            Dataset.ofValues(
                "features", expected.inputShape(), List.of("number"), features, values));
    BayesRegressor regressor =
        set(new BayesRegressor(), "TinyNet").setLabelCol("number").setLikelihoodName("gaussian");
    BayesModule found = regressor.fit(rows()).module();
    assertSame(expected, found);
    assertEquals(expected.likelihood(), found.likelihood());
  }

  @Test
  void theTasksThatShardsAreGroupedIntoLeaveTheBytes() {
    BayesModule module = module("NormedNet", 2);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(LocalSpark.SESSION.sparkContext());
    float[] features = new float[ROWS * Nets.FEATURES];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(Nets.features(row), 0, features, row * Nets.FEATURES, Nets.FEATURES);
    }
    int[] labels = IntStream.range(0, ROWS).map(row -> (int) label(row)).toArray();
    GradientStep step =
        new GradientStep(
            new Batch(features, labels, ROWS, 0),
            0,
            Likelihood.categorical(),
            NoiseKey.training(1, 0),
            2,
            1,
            0.1,
            2);
    List<GradientStep> shards =
        IntStream.range(0, SHARDS).mapToObj(s -> step.of(new Shard(s, SHARDS))).toList();
    ClusterExchange exchange =
        new ClusterExchange(context, SharedNetwork.of(module), SHARDS, Exchange.gradients());
    Weights all = Weights.of(new Replica(module.runner(), module.parameters()));
    SentWeights weights =
        SentWeights.broadcast(context, new WeightUpdate(0, all, Optional.empty()));
    List<ShardGradients> one = exchange.computeTogether(shards, () -> 1, weights);
    List<ShardGradients> two = exchange.computeTogether(shards, () -> 2, weights);
    for (int s = 0; s < SHARDS; s++) {
      for (int p = 0; p < one.get(s).gradients().length; p++) {
        assertArrayEquals(one.get(s).gradients()[p], two.get(s).gradients()[p], 0f);
      }
      for (int p = 0; p < one.get(s).statistics().length; p++) {
        assertArrayEquals(one.get(0).statistics()[p], two.get(s).statistics()[p], 0f);
      }
    }
  }

  @Test
  void tasksOfABarrierStageGatherInTheirOrder() {
    BarrierStage.Task<Integer, String> task =
        (input, others) -> {
          others.apply(new double[input][3]);
          double[][] own = new double[input][1];
          own[0][0] = 10 * input;
          return List.of(input + " of " + Arrays.deepToString(others.apply(own)));
        };
    JavaSparkContext context = JavaSparkContext.fromSparkContext(LocalSpark.SESSION.sparkContext());
    assertEquals(
        List.of("2 of [[20.0], [0.0], [10.0]]", "1 of [[20.0], [0.0], [10.0]]"),
        BarrierStage.run(context, () -> List.of(2, 1), String.class, task));
  }

  /** Stops Spark's jobs from the moment that a training has kept its second epoch. */
  private Thread stopAfterTwoEpochs() {
    Thread stop =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                if (epochKept() >= 2) {
                  LocalSpark.SESSION.sparkContext().cancelAllJobs();
                }
                LockSupport.parkNanos(5_000_000);
              }
            });
    stop.start();
    return stop;
  }

  /** The last epoch that the one training in the folder has kept, or 0. */
  private int epochKept() {
    try (Stream<Path> kept = Files.walk(folder, 2)) {
      return kept.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("epoch-"))
          .mapToInt(name -> Integer.parseInt(name.substring("epoch-".length())))
          .max()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) { // a folder was renamed meanwhile
      return 0;
    }
  }

  @Test
  void aTrainingThatStoppedGoesOnFromItsLastEpoch() throws InterruptedException {
    int epochs = 6;
    BayesClassifier classifier =
        set(new BayesClassifier(), "TinyNet")
            .setEpochs(epochs)
            .setValidationFraction(0.2)
            .setCheckpointDir(folder.toString());
    Thread stop = stopAfterTwoEpochs();
    assertThrows(SparkException.class, () -> classifier.fit(rows()));
    stop.interrupt();
    stop.join();
    int kept = epochKept();
    assertTrue(kept >= 2 && kept < epochs, kept + " epochs");

    SparkContext context = LocalSpark.SESSION.sparkContext();
    context.setJobGroup("resumed", "the rest of the training", false);
    BayesModule resumed = classifier.fit(rows()).module();
    int jobs = context.statusTracker().getJobIdsForGroup("resumed").length;
    context.clearJobGroup();
    int steps = 2; // of 40 rows in batches of 24
    assertTrue(jobs < steps * (epochs - kept) + steps, jobs + " jobs after " + kept + " epochs");

    classifier.clear(classifier.checkpointDir());
    assertSame(classifier.fit(rows()).module(), resumed);
    assertEquals(0, folder.toFile().list().length);
  }
}
