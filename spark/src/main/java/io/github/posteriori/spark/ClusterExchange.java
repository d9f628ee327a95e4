package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.log.Log;
import io.github.posteriori.train.Exchange;
import io.github.posteriori.train.GradientStep;
import io.github.posteriori.train.Replica;
import io.github.posteriori.train.SentGradients;
import io.github.posteriori.train.ShardGradients;
import io.github.posteriori.train.ShardSteps;
import io.github.posteriori.train.ShardedExchange;
import io.github.posteriori.train.WeightUpdate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Has the gradients of each step computed on executors: a job a step, a task a shard. Executors
 * keep the images of the training set, as a broadcast, and a task names its rows; images that are
 * varied travel with it. The weights are broadcast, and the gradients come back as results, those
 * of many shards as the sums of {@link Neighbours}. A task depends on nothing but what it is sent,
 * so Spark may run it again, and anywhere. Where shards take steps on their own, the weights that
 * each starts from travel with its task, too.
 *
 * <p>Where a layer normalises over the whole batch, shards exchange moments, so the job is a {@link
 * BarrierStage}. Its tasks compute several neighbouring shards each, so that any number of
 * executors will do.
 *
 * <pre>{@code
 * try (ClusterExchange exchange = ClusterExchange.of(spark.sparkContext(), module, 4)) {
 *   Trainer.of(module, options).exchange(exchange).fit(train, valid);
 * }
 * }</pre>
 */
public final class ClusterExchange extends ShardedExchange implements AutoCloseable {
  private static final Log LOG = Log.of(ClusterExchange.class);

  private final JavaSparkContext context;
  private final Broadcast<Replicas> replicas;
  private final boolean meets;
  private Broadcast<KeptImages> images;

  /**
   * Creates an exchange.
   *
   * @param network the network that is trained; its weights do not matter
   * @param kind what the shards exchange
   */
  ClusterExchange(JavaSparkContext context, SharedNetwork network, int shards, Exchange kind) {
    super(shards, kind);
    this.context = context;
    this.replicas = context.broadcast(new Replicas(network));
    this.images = context.broadcast(KeptImages.none());
    this.meets =
        network.module().network().layers().stream().anyMatch(BatchNormLayer.class::isInstance);
  }

  /**
   * Creates an exchange.
   *
   * @param module the one that is trained
   * @param shards parts of every batch, at least 1
   */
  public static ClusterExchange of(SparkContext context, BayesModule module, int shards) {
    return of(context, module, shards, Exchange.gradients());
  }

  /**
   * Creates an exchange.
   *
   * @param module the one that is trained
   * @param shards parts of every batch, at least 1
   * @param kind what the shards exchange
   */
  public static ClusterExchange of(
      SparkContext context, BayesModule module, int shards, Exchange kind) {
    return new ClusterExchange(
        JavaSparkContext.fromSparkContext(context), SharedNetwork.of(module), shards, kind);
  }

  @Override
  public boolean spansBatch() {
    return true;
  }

  /**
   * Sends the images of the training set to executors, unless they take more than a quarter of an
   * executor's memory.
   */
  @Override
  public void start(Dataset train, UnaryOperator<float[]> standardised) {
    KeptImages all = KeptImages.of(train, standardised);
    long most = context.getConf().getSizeAsBytes("spark.executor.memory", "1g") / 4;
    if (all.bytes() > most) {
      LOG.warn(
          ("the images of %s take %s bytes, more than a quarter of an executor's memory: they"
                  + " travel in each step; raise spark.executor.memory to have executors keep them")
              .formatted(train.name(), all.bytes()));
      all = KeptImages.none();
    }
    images.destroy();
    images = context.broadcast(all);
  }

  @Override
  protected List<ShardGradients> compute(
      List<GradientStep> shards, WeightUpdate update, Replica network) {
    List<GradientStep> sent = sent(shards);
    SentWeights weights = SentWeights.broadcast(context, update);
    try {
      return meets ? computeTogether(sent, this::executors, weights) : compute(sent, weights);
    } finally {
      weights.destroy();
    }
  }

  /** Returns shards as they travel. */
  List<GradientStep> sent(List<GradientStep> shards) {
    KeptImages kept = images.value();
    return shards.stream().map(shard -> shard.with(kept.without(shard.batch()))).toList();
  }

  private List<ShardGradients> compute(List<GradientStep> shards, SentWeights weights) {
    Broadcast<Replicas> networks = replicas;
    Broadcast<KeptImages> kept = images;
    Exchange sent = kind();
    List<Tuple2<Integer, GradientStep>> numbered =
        IntStream.range(0, shards.size()).mapToObj(s -> new Tuple2<>(s, shards.get(s))).toList();
    JavaPairRDD<Integer, SentGradients> gradients =
        context
            .parallelizePairs(numbered, shards.size())
            .mapValues(
                shard ->
                    networks
                        .value()
                        .compute(shard.with(kept.value().with(shard.batch())), weights)
                        .sent(sent));
    Neighbours groups = new Neighbours(shards.size());
    return groups.pay()
        ? gradients.partitionBy(groups).mapPartitions(ClusterExchange::sum).collect()
        : floats(gradients.values().collect());
  }

  /** Sums neighbours, which have arrived in any order. */
  private static Iterator<ShardGradients> sum(Iterator<Tuple2<Integer, SentGradients>> shards) {
    SortedMap<Integer, ShardGradients> ordered = new TreeMap<>();
    shards.forEachRemaining(shard -> ordered.put(shard._1(), shard._2().floats()));
    return List.of(ShardGradients.sum(List.copyOf(ordered.values()))).iterator();
  }

  /** Computes shards that exchange numbers, in no more than {@code tasks} tasks. */
  List<ShardGradients> computeTogether(
      List<GradientStep> shards, IntSupplier tasks, SentWeights weights) {
    Broadcast<Replicas> networks = replicas;
    Broadcast<KeptImages> kept = images;
    Exchange sent = kind();
    return floats(
        BarrierStage.run(
            context,
            () -> groups(shards, tasks.getAsInt()),
            SentGradients.class,
            (group, others) -> {
              List<GradientStep> own =
                  group.stream()
                      .map(shard -> shard.with(kept.value().with(shard.batch())))
                      .toList();
              return networks.value().compute(own, weights, others).stream()
                  .map(gradients -> gradients.sent(sent))
                  .toList();
            }));
  }

  private static List<ArrayList<GradientStep>> groups(List<GradientStep> shards, int tasks) {
    int count = Math.min(tasks, shards.size());
    List<ArrayList<GradientStep>> groups = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      groups.add(
          new ArrayList<>(
              shards.subList(shards.size() * t / count, shards.size() * (t + 1) / count)));
    }
    return groups;
  }

  private static List<ShardGradients> floats(List<SentGradients> shards) {
    return shards.stream().map(SentGradients::floats).toList();
  }

  @Override
  public List<ShardSteps.Result> take(List<ShardSteps> shards) {
    Broadcast<Replicas> networks = replicas;
    Broadcast<KeptImages> kept = images;
    List<ShardSteps> sent =
        shards.stream().map(shard -> shard.with(kept.value()::without)).toList();
    return context
        .parallelize(sent, sent.size())
        .map(shard -> networks.value().take(shard.with(kept.value()::with)))
        .collect();
  }

  /** Returns the number of executors, of which the driver of a local master is one. */
  private int executors() {
    return Math.max(1, context.sc().statusTracker().getExecutorInfos().length - 1);
  }

  /** Drops what executors keep. */
  @Override
  public void close() {
    images.destroy();
    replicas.destroy();
  }
}
