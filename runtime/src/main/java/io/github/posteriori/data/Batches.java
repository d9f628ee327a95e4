package io.github.posteriori.data;

import io.github.posteriori.noise.KeyedRandom;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The batches of one epoch, read ahead in the background while the caller computes: by one thread,
 * or by as many as there are cores where a set takes long to read. Neither changes a batch.
 *
 * <p>Every example appears once; the last batch may be smaller than the others. The threads end
 * with the epoch or at {@link #close}. An exception of the data set is rethrown unchanged by {@link
 * #next}. One thread may iterate; any thread may close.
 */
public final class Batches implements Iterator<Batch>, AutoCloseable {
  private static final int AHEAD = 3;

  /** The share of the heap that batches read ahead may take, where one alone takes less. */
  private static final double AHEAD_OF_HEAP = 1.0 / 8;

  private final BatchReader reader;
  private final ReadingThreads threads;
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(Background.threads("posteriori-batches"));
  private final Queue<Future<Batch>> pending = new ArrayDeque<>(AHEAD);
  private int requested;
  private int delivered;
  private volatile boolean closed;

  private Batches(BatchReader reader) {
    this.reader = reader;
    this.threads = ReadingThreads.of(reader.dataset(), reader.augmentation());
    for (int i = 0; i < ahead(reader); i++) {
      request();
    }
  }

  private static int ahead(BatchReader reader) {
    double room = AHEAD_OF_HEAP * Runtime.getRuntime().maxMemory();
    return (int) Math.max(1, Math.min(AHEAD, room / Math.max(1, reader.batchBytes())));
  }

  /**
   * Returns the batches for evaluation: examples in their own order, without augmentation.
   *
   * @throws IllegalArgumentException if {@code batchSize} is below 1 or too large for an array, or
   *     the set has a negative size
   */
  public static Batches of(Dataset dataset, int batchSize) {
    int[] order = IntStream.range(0, size(dataset)).toArray();
    return new Batches(new BatchReader(dataset, order, batchSize, Augmentation.none(), 0, 0));
  }

  /**
   * Returns the batches for training: examples in random order, with augmentation. The order
   * depends on {@code seed} and {@code epoch} alone, augmentation also on the example's index in
   * {@code dataset}.
   *
   * @throws IllegalArgumentException if {@code batchSize} is below 1 or too large for an array, or
   *     the set has a negative size
   */
  public static Batches shuffled(
      Dataset dataset, int batchSize, Augmentation augmentation, long seed, long epoch) {
    int[] order = KeyedRandom.of("order", seed, epoch).permutation(size(dataset));
    return new Batches(new BatchReader(dataset, order, batchSize, augmentation, seed, epoch));
  }

  /**
   * Returns the batches for training of a set in parts, as {@link #shuffled} does, but that an
   * example is at a position of the same part in each epoch.
   *
   * @param part the part of each position of an epoch's order, from 0
   * @throws IllegalArgumentException as {@link #shuffled} throws it
   */
  public static Batches shuffledWithin(
      IntUnaryOperator part,
      Dataset dataset,
      int batchSize,
      Augmentation augmentation,
      long seed,
      long epoch) {
    int[] parts = IntStream.range(0, size(dataset)).map(part).toArray();
    int[] order =
        PartOrder.of(
            parts,
            KeyedRandom.of("parts", seed).permutation(parts.length),
            KeyedRandom.of("order", seed, epoch).permutation(parts.length));
    return new Batches(new BatchReader(dataset, order, batchSize, augmentation, seed, epoch));
  }

  private static int size(Dataset dataset) {
    if (dataset.size() < 0) {
      throw new IllegalArgumentException(
          "%s has %s examples, expected at least 0: look where it was read or cut"
              .formatted(dataset.name(), dataset.size()));
    }
    return dataset.size();
  }

  /** The number of batches of the epoch. */
  public int batches() {
    return reader.batches();
  }

  @Override
  public boolean hasNext() {
    return delivered < batches();
  }

  /**
   * Returns the next batch, waiting for it if necessary.
   *
   * @throws NoSuchElementException after the last one
   * @throws IllegalStateException if closed before the last one
   * @throws CancellationException if closed while waiting, or if the calling thread is interrupted;
   *     its interrupt status is kept
   */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has " + batches() + " batches");
    }
    if (closed) {
      throw new IllegalStateException("the batches are closed");
    }
    try {
      Batch batch = pending.remove().get();
      delivered++;
      request();
      if (!hasNext()) {
        threads.close();
      }
      return batch;
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    } catch (ExecutionException e) {
      close();
      throw Background.rethrow(e);
    }
  }

  /** Stops reading ahead; idempotent. */
  @Override
  public void close() {
    closed = true;
    threads.close();
    // A reader that never started would otherwise be waited for endlessly.
    background.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
  }

  private void request() {
    if (requested == batches()) {
      background.shutdown();
      return;
    }
    int batch = requested++;
    try {
      pending.add(background.submit(() -> reader.read(batch, threads)));
    } catch (RejectedExecutionException e) {
      // Another thread has just closed this; the next call reports it.
    }
  }
}
