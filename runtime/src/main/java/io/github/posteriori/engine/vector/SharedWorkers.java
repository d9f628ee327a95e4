package io.github.posteriori.engine.vector;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The workers of the whole program, which one caller at a time may have. */
final class SharedWorkers {
  private static final ReentrantLock BUSY = new ReentrantLock();
  private static Workers shared = new Workers(Runtime.getRuntime().availableProcessors());

  private SharedWorkers() {}

  static void useThreads(int threads) {
    if (threads != current().count()) {
      BUSY.lock(); // until whoever uses the old workers is done with them
      try {
        replace(threads);
      } finally {
        BUSY.unlock();
      }
    }
  }

  private static synchronized void replace(int threads) {
    shared.dismiss();
    shared = new Workers(threads);
  }

  /** The workers, for a caller that has them, or to tell which they are. */
  static synchronized Workers current() {
    return shared;
  }

  /**
   * Takes the workers unless somebody has them. A caller may come back in the middle of its own
   * work, such as from an objective, and does not get them a second time.
   */
  static boolean tryTake() {
    return !BUSY.isHeldByCurrentThread() && BUSY.tryLock();
  }

  static void giveBack() {
    BUSY.unlock();
  }

  /** Does tasks with the workers, or alone where somebody has them. */
  static void share(int tasks, IntConsumer task) {
    boolean free = tryTake();
    try {
      Workers workers = free ? current() : new Workers(1);
      workers.run(tasks, (next, worker) -> task.accept(next));
    } finally {
      if (free) {
        giveBack();
      }
    }
  }

  /** Runs {@code work} with the workers, when nobody else has them. */
  static void with(Consumer<Workers> work) {
    BUSY.lock();
    try {
      work.accept(current());
    } finally {
      BUSY.unlock();
    }
  }
}
