package io.github.posteriori.spark;

import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** A barrier stage, whose tasks run at the same time and exchange numbers through the driver. */
final class BarrierStage {
  /** What Spark's errors call it when somebody has cancelled the job. */
  private static final String CANCELLED = "SPARK_JOB_CANCELLED";

  private BarrierStage() {}

  /**
   * What a task does.
   *
   * @param <T> the class of its input
   * @param <R> the class of its results
   */
  @FunctionalInterface
  interface Task<T, R> extends Serializable {

    /**
     * Computes results.
     *
     * @param others returns the rows of all tasks in their order, given those of this one; rows are
     *     of equal length, and every task calls it equally often
     */
    List<R> run(T input, UnaryOperator<double[][]> others);
  }

  /**
   * Runs a task for each input, all of which have to find a place at once. Where one of them fails,
   * all are run again, which Spark does of other stages: at most as often as it would.
   *
   * @param inputs returns those of an attempt
   * @return the results of the first, then those of the next
   */
  static <T, R> List<R> run(
      JavaSparkContext context, Supplier<List<T>> inputs, Class<R> results, Task<T, R> task) {
    int most = context.getConf().getInt("spark.task.maxFailures", 4);
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(context, inputs.get(), results, task);
      } catch (Exception e) {
        if (attempt >= most || !isFailure(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isFailure(Exception thrown) {
    return thrown instanceof SparkException failure && !CANCELLED.equals(failure.getCondition());
  }

  private static <T, R> List<R> attempt(
      JavaSparkContext context, List<T> inputs, Class<R> results, Task<T, R> task) {
    try (GatherServer server = GatherServer.open(context.getConf(), inputs.size())) {
      GatherAddress address = server.address();
      Partition<T, R> partition =
          rows -> {
            try (GatherClient client = address.connect(BarrierTaskContext.get().partitionId())) {
              List<R> found = task.run(rows.next(), client::gather);
              return CollectionConverters.asScala(found.iterator());
            }
          };
      return context
          .parallelize(inputs, inputs.size())
          .rdd()
          .barrier()
          .mapPartitions(partition, false, ClassTag$.MODULE$.<R>apply(results))
          .toJavaRDD()
          .collect();
    }
  }

  /** The function that Spark sends to executors. */
  @FunctionalInterface
  private interface Partition<T, R> extends Function1<Iterator<T>, Iterator<R>>, Serializable {}
}
