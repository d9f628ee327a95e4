package io.github.posteriori.cli.serve;

import io.github.posteriori.BayesModule;
import io.github.posteriori.layers.CustomLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * A bounded queue of pictures, and the one worker that runs the network on those that wait, many at
 * once. Nobody waits for a batch to fill: while the network runs on one, the next gathers.
 */
final class Batcher implements AutoCloseable {
  private final BayesModule module;
  private final int samples;
  private final int most;
  private final ServerMetrics metrics;
  private final BlockingQueue<Waiting> queue;
  private final Thread worker = new Thread(this::work, "posteriori-network");

  /** A picture and its answer. */
  private record Waiting(float[] pixels, CompletableFuture<Told> answer) {}

  Batcher(BayesModule module, ServeSettings settings, ServerMetrics metrics) {
    this.module = module;
    this.samples = settings.samples();
    // A user's layer may mix the images of a batch.
    boolean apart = module.network().layers().stream().anyMatch(CustomLayer.class::isInstance);
    this.most = apart ? 1 : settings.batch();
    this.metrics = metrics;
    this.queue = new ArrayBlockingQueue<>(settings.queue());
    metrics.watch(queue::size);
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Lets a request wait for its turn.
   *
   * @param pixels as the network takes them
   * @return its answer; cancelled, it loses its turn
   * @throws Refusal when too many wait
   */
  Future<Told> submit(float[] pixels) {
    Waiting waiting = new Waiting(pixels, new CompletableFuture<>());
    if (!queue.offer(waiting)) {
      throw Refusal.busy(
          503,
          queue.size()
              + " requests wait, expected room for one more: try again in a second, or start the"
              + " server with a larger --queue");
    }
    return waiting.answer;
  }

  private void work() {
    List<Waiting> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch, most - 1);
        batch.removeIf(waiting -> waiting.answer.isDone());
        if (!batch.isEmpty()) {
          answer(batch);
        }
        batch.clear();
      }
    } catch (InterruptedException e) {
      Refusal stopping = Refusal.busy(503, "the server is stopping, expected a running one");
      batch.forEach(waiting -> waiting.answer.completeExceptionally(stopping));
      queue.forEach(waiting -> waiting.answer.completeExceptionally(stopping));
    }
  }

  /** Answers all; where they fail together, each alone, so that one does not spoil the others. */
  private void answer(List<Waiting> batch) {
    try {
      List<Told> answers = run(batch);
      for (int i = 0; i < answers.size(); i++) {
        batch.get(i).answer.complete(answers.get(i));
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      if (batch.size() == 1) {
        batch.get(0).answer.completeExceptionally(e);
      } else {
        batch.forEach(waiting -> answer(List.of(waiting)));
      }
    }
  }

  private List<Told> run(List<Waiting> batch) {
    int size = module.inputShape().size();
    float[] images = new float[batch.size() * size];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(batch.get(i).pixels, 0, images, i * size, size);
    }
    long start = System.nanoTime();
    List<Told> answers = Told.ask(module, images, batch.size(), samples);
    metrics.ran(batch.size(), System.nanoTime() - start);
    return answers;
  }

  @Override
  public void close() {
    worker.interrupt();
  }
}
