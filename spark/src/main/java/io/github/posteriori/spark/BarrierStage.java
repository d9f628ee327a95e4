package io.github.posteriori.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** A barrier stage, whose tasks run at the same time and exchange numbers through the driver. */
final class BarrierStage {
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
   * Runs a task for each input, all of which have to find a place at once.
   *
   * @return the results of the first, then those of the next
   */
  static <T, R> List<R> run(
      JavaSparkContext context, List<T> inputs, Class<R> results, Task<T, R> task) {
    Partition<T, R> partition =
        rows -> {
          BarrierTaskContext own = BarrierTaskContext.get();
          List<R> found = task.run(rows.next(), numbers -> gather(own, numbers));
          return CollectionConverters.asScala(found.iterator());
        };
    return context
        .parallelize(inputs, inputs.size())
        .rdd()
        .barrier()
        .mapPartitions(partition, false, ClassTag$.MODULE$.<R>apply(results))
        .toJavaRDD()
        .collect();
  }

  /** The function that Spark sends to executors. */
  @FunctionalInterface
  private interface Partition<T, R> extends Function1<Iterator<T>, Iterator<R>>, Serializable {}

  private static double[][] gather(BarrierTaskContext context, double[][] own) {
    return Arrays.stream(context.allGather(text(own)))
        .flatMap(each -> Arrays.stream(numbers(each)))
        .toArray(double[][]::new);
  }

  /** Writes the number of rows, and their numbers. */
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
