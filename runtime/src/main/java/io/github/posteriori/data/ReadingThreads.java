package io.github.posteriori.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share the examples of a batch, each of which is read by one of them. */
final class ReadingThreads implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  private ReadingThreads(int threads) {
    this.threads = threads;
    this.pool =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(threads, Background.threads("posteriori-reading"));
  }

  /**
   * Returns as many as there are cores, or only the caller's where a set is read fast and its
   * images stay as they are.
   */
  static ReadingThreads of(Dataset dataset, Augmentation augmentation) {
    boolean takesLong = dataset.takesLongToRead() || !augmentation.transforms().isEmpty();
    return new ReadingThreads(takesLong ? Runtime.getRuntime().availableProcessors() : 1);
  }

  /**
   * Calls {@code read} with 0 to {@code count - 1}, each once, and waits for all.
   *
   * @throws CancellationException if the calling thread is interrupted; the rest is not read
   */
  void forEach(int count, IntConsumer read) {
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            if (Thread.currentThread().isInterrupted()) {
              throw new CancellationException("interrupted while reading a batch");
            }
            read.accept(i);
          }
        };
    if (pool == null || count == 1) {
      work.run();
      return;
    }
    List<Future<?>> shares = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, count); i++) {
      shares.add(pool.submit(work));
    }
    try {
      for (Future<?> share : shares) {
        share.get();
      }
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted while reading a batch");
    } catch (ExecutionException e) {
      throw Background.rethrow(e);
    } finally {
      next.set(count);
      shares.forEach(share -> share.cancel(true));
    }
  }

  /** Ends the threads; what they read is given up. */
  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
