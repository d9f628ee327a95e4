package io.github.posteriori.spark;

import io.github.posteriori.train.GradientStep;
import io.github.posteriori.train.ShardGradients;
import io.github.posteriori.train.Weights;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The step of a network that normalises over the whole batch: a barrier stage, whose tasks run at
 * the same time and exchange moments through the driver. A task computes several neighbouring
 * shards, so that any number of executors will do.
 */
record BarrierStep(Broadcast<Replicas> replicas, Broadcast<Weights> weights)
    implements Serializable {

  /**
   * Computes the gradients of all shards.
   *
   * @param tasks number of tasks, which all have to find a place at once
   */
  List<ShardGradients> run(JavaSparkContext context, List<GradientStep> shards, int tasks) {
    List<ArrayList<GradientStep>> groups = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      int from = (int) ((long) shards.size() * t / tasks);
      int to = (int) ((long) shards.size() * (t + 1) / tasks);
      groups.add(new ArrayList<>(shards.subList(from, to)));
    }
    Task task = this::compute;
    JavaRDD<ShardGradients> gradients =
        context
            .parallelize(groups, tasks)
            .rdd()
            .barrier()
            .mapPartitions(
                task, false, ClassTag$.MODULE$.<ShardGradients>apply(ShardGradients.class))
            .toJavaRDD();
    return gradients.collect();
  }

  /** What Spark sends to executors. */
  @FunctionalInterface
  private interface Task
      extends Function1<Iterator<ArrayList<GradientStep>>, Iterator<ShardGradients>>,
          Serializable {}

  private Iterator<ShardGradients> compute(Iterator<ArrayList<GradientStep>> groups) {
    BarrierTaskContext context = BarrierTaskContext.get();
    List<ShardGradients> gradients =
        replicas.value().compute(groups.next(), weights.value(), own -> gather(context, own));
    return CollectionConverters.asScala(gradients.iterator());
  }

  private static double[][] gather(BarrierTaskContext context, double[][] own) {
    return Arrays.stream(context.allGather(text(own)))
        .flatMap(each -> Arrays.stream(numbers(each)))
        .toArray(double[][]::new);
  }

  /** Writes rows of equal length: their number, and all numbers. */
  private static String text(double[][] rows) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + rows.length * rows[0].length * Double.BYTES);
    bytes.putInt(rows.length);
    for (double[] row : rows) {
      for (double number : row) {
        bytes.putDouble(number);
      }
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static double[][] numbers(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    double[][] rows = new double[bytes.getInt()][];
    int length = bytes.remaining() / Double.BYTES / rows.length;
    for (int r = 0; r < rows.length; r++) {
      rows[r] = new double[length];
      for (int i = 0; i < length; i++) {
        rows[r][i] = bytes.getDouble();
      }
    }
    return rows;
  }
}
