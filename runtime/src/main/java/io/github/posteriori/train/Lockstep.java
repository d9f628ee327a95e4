package io.github.posteriori.train;

import io.github.posteriori.engine.AllGather;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Computes shards of a batch beside each other, a thread each, which wait for each other where a
 * layer wants numbers of the whole batch.
 */
public final class Lockstep {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "posteriori-shard");
            thread.setDaemon(true);
            return thread;
          });

  private final double[][] contributions;
  private final UnaryOperator<double[][]> others;
  private int arrived;
  private double[][] gathered;
  private RuntimeException failure;

  private Lockstep(int shards, UnaryOperator<double[][]> others) {
    this.contributions = new double[shards][];
    this.others = others;
  }

  /**
   * Computes neighbouring shards.
   *
   * @param shards computes each, given what exchanges numbers with all other shards of the batch
   * @param others returns the contributions of all shards of the batch, given those of these; the
   *     identity where these are all
   * @return the result of each
   */
  public static <R> List<R> run(
      List<Function<AllGather, R>> shards, UnaryOperator<double[][]> others) {
    Lockstep together = new Lockstep(shards.size(), others);
    List<Future<R>> results = new ArrayList<>();
    for (int s = 0; s < shards.size(); s++) {
      int own = s;
      results.add(THREADS.submit(() -> together.compute(own, shards.get(own))));
    }
    return results.stream().map(together::await).toList();
  }

  private <R> R compute(int shard, Function<AllGather, R> work) {
    try {
      return work.apply(numbers -> gather(shard, numbers));
    } catch (RuntimeException | Error e) {
      fail(new IllegalStateException("shard " + shard + " of those computed here failed", e));
      throw e;
    }
  }

  /** Waits for all shards to contribute; the last one exchanges for all. */
  private synchronized double[][] gather(int shard, double[] numbers) {
    contributions[shard] = numbers.clone();
    arrived++;
    if (arrived == contributions.length) {
      gathered = others.apply(contributions.clone());
      arrived = 0;
      notifyAll();
      return gathered;
    }
    double[][] before = gathered;
    while (gathered == before && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("a shard was interrupted while it waited for others", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return gathered;
  }

  private synchronized void fail(RuntimeException why) {
    if (failure == null) {
      failure = why;
      notifyAll();
    }
  }

  private <R> R await(Future<R> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      fail(new IllegalStateException("training was interrupted", e));
      Thread.currentThread().interrupt();
      throw failure;
    } catch (ExecutionException e) {
      throw failure;
    }
  }
}
