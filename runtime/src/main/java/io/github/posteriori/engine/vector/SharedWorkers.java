package io.github.posteriori.engine.vector;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

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
