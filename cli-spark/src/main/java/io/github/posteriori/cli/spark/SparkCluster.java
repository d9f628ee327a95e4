package io.github.posteriori.cli.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Trainer;
import io.github.posteriori.cli.cluster.Cluster;
import io.github.posteriori.cli.cluster.ClusterException;
import io.github.posteriori.cli.cluster.ScoredRows;
import io.github.posteriori.cli.cluster.ScoringRequest;
import io.github.posteriori.spark.ClusterExchange;
import io.github.posteriori.train.Exchange;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** A cluster of Apache Spark, or the cores of this machine by {@code local[*]}. */
final class SparkCluster implements Cluster {
  /** The jars that executors need, separated like a class path; {@code bin/posteriori} sets it. */
  private static final String JARS = "posteriori.jars";

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** The vector engine loads its module by what this opens. */
  private static final String EXPORTS = "--add-exports java.base/jdk.internal.module=ALL-UNNAMED";

  /** A load of 64 bytes across two cache lines takes twice as long. */
  private static final String ALIGNMENT = "-XX:ObjectAlignmentInBytes=64";

  /** G1 takes the large arrays of a pass for old at once, and marks the heap again and again. */
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  /**
   * Rows that Spark reads from Parquet at a time. A pass takes no more by default, and 4,096 rows
   * of images, Spark's own default, fill arrays so large that the collector takes them for old.
   */
  private static final String ROWS_AT_A_TIME = "spark.sql.parquet.columnarReaderBatchSize";

  private final SparkSession session;
  private ClusterExchange exchange;

  private SparkCluster(SparkSession session) {
    this.session = session;
  }

  /** Leaves of Spark's log what its user can act on; failures reach the user as exceptions. */
  private static void quieten() {
    String prefix = "org.slf4j.simpleLogger.log.";
    Map<String, String> levels =
        Map.of(
            "org.apache.spark", "off",
            "org.apache.spark.scheduler.TaskSchedulerImpl", "warn",
            "org.apache.hadoop", "off");
    levels.forEach(
        (logger, level) -> {
          if (System.getProperty(prefix + logger) == null) {
            System.setProperty(prefix + logger, level);
          }
        });
  }

  /** Returns the JVM options of executors, given those that the user states. */
  static String executorOptions(String stated) {
    StringJoiner options = new StringJoiner(" ");
    if (!stated.isBlank()) {
      options.add(stated.strip());
    }
    options.add(EXPORTS);
    if (!stated.contains("-XX:ObjectAlignmentInBytes=")) {
      options.add(ALIGNMENT);
    }
    if (!stated.matches(".*-XX:\\+Use\\w+GC.*")) {
      options.add(COLLECTOR);
    }
    return options.toString();
  }

  /** Returns what Spark is told: what {@code -Dspark.*} say, and what they leave open. */
  static SparkConf settings(String master) {
    SparkConf settings = new SparkConf();
    settings.setMaster(master).setIfMissing("spark.app.name", "posteriori");
    settings.set(EXECUTOR_OPTIONS, executorOptions(settings.get(EXECUTOR_OPTIONS, "")));
    // Native threads that wait must not spin.
    settings.setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");
    settings.setIfMissing(ROWS_AT_A_TIME, "256");
    settings.setIfMissing(
        "spark.ui.showConsoleProgress", String.valueOf(Boolean.getBoolean("posteriori.terminal")));
    String jars = System.getProperty(JARS, "");
    if (isHere(master)) {
      settings.setIfMissing("spark.ui.enabled", "false");
    } else if (!jars.isEmpty()) {
      settings.setIfMissing("spark.jars", forExecutors(jars));
    }
    return settings;
  }

  static SparkCluster open(String master) {
    quieten();
    try {
      return new SparkCluster(SparkSession.builder().config(settings(master)).getOrCreate());
    } catch (RuntimeException e) {
      throw new ClusterException(
          "cannot use Spark at "
              + master
              + " ("
              + JobFailure.reason(e)
              + "), expected the address of a running cluster, such as spark://HOST:7077, or"
              + " local[*]: start it, or correct --spark",
          e);
    }
  }

  /** Lists the jars as Spark does, without the logging, which is Spark's own there. */
  private static String forExecutors(String jars) {
    return Stream.of(jars.split(File.pathSeparator))
        .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("slf4j-"))
        .collect(Collectors.joining(","));
  }

  /** Returns whether the executor is this very JVM. */
  private static boolean isHere(String master) {
    return master.startsWith("local") && !master.startsWith("local-cluster");
  }

  @Override
  public void divide(
      Trainer trainer,
      BayesModule module,
      int shards,
      Exchange kind,
      Supplier<BayesModule> copies) {
    drop();
    exchange = ClusterExchange.of(session.sparkContext(), module, shards, kind);
    trainer.exchange(exchange);
  }

  @Override
  public ScoredRows score(ScoringRequest request) {
    return new ScoringJob(session, request).run();
  }

  @Override
  public void close() {
    drop();
    session.stop();
  }

  private void drop() {
    if (exchange != null) {
      exchange.close();
      exchange = null;
    }
  }
}
