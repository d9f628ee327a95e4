package io.github.posteriori.engine.vector;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Shares out numbered tasks among threads: the caller, and helpers that sleep between jobs. Which
 * thread takes which task is undefined, so no result may depend on it. A helper that wakes up late
 * finds no task left, and nobody waits for it.
 */
final class Workers {
  /** How often a thread polls for work, or for the end of it, before it sleeps. */
  private static final int SPINS = 1 << 14;

  private final Thread[] helpers;

  /** The job on its way, or null: it holds a network's memory, which must not outlive it. */
  private volatile Shared current;

  /** Rises with each job. */
  private volatile int round;

  private volatile boolean dismissed;

  /** The work of one job. */
  @FunctionalInterface
  interface Job {
    /**
     * Does one task.
     *
     * @param worker number of the thread that does it: from 0, the caller, to {@link
     *     Workers#count()} - 1
     */
    void run(int task, int worker);
  }

  /**
   * A job on its way. Each has a counter of its own, so that a helper that comes late, from an
   * earlier job, cannot take a task of a later one.
   */
  private static final class Shared {
    private final Job job;
    private final int tasks;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger next = new AtomicInteger();

    /** Helpers that may hold a task: each counts itself before it takes one. */
    private final AtomicInteger running = new AtomicInteger();

    private volatile Throwable failure;

    Shared(Job job, int tasks) {
      this.job = job;
      this.tasks = tasks;
    }

    /** Does tasks until none is left. */
    void work(int worker) {
      try {
        for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
          job.run(task, worker);
        }
      } catch (Throwable thrown) {
        failure = thrown;
        next.set(tasks);
      }
    }

    void help(int worker) {
      running.incrementAndGet();
      work(worker);
      if (running.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }

    void awaitHelpers() {
      for (int spins = 0; running.get() > 0; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(100_000);
        }
      }
    }
  }

  /** Starts {@code threads - 1} helpers beside the caller. */
  Workers(int threads) {
    this.helpers = new Thread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = new Thread(() -> help(worker), "posteriori-vector-" + worker);
      helpers[i].setDaemon(true);
    }
    for (Thread helper : helpers) {
      helper.start();
    }
  }

  int count() {
    return helpers.length + 1;
  }

  /**
   * Does all tasks, and returns when they are done. One caller at a time; jobs do not nest. What a
   * task throws reaches the caller, and tasks that nobody has begun are left out.
   */
  void run(int tasks, Job job) {
    if (helpers.length == 0 || tasks < 2 || dismissed) {
      for (int task = 0; task < tasks; task++) {
        job.run(task, 0);
      }
      return;
    }
    Shared shared = new Shared(job, tasks);
    current = shared;
    round++; // by one caller at a time
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    shared.work(0);
    shared.awaitHelpers();
    current = null;
    if (shared.failure != null) {
      throw Workers.<RuntimeException>rethrown(shared.failure);
    }
  }

  /** Ends the helpers; the caller does everything alone afterwards. */
  void dismiss() {
    dismissed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private void help(int worker) {
    int done = 0;
    while (true) {
      for (int spins = 0; round == done; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
        if (dismissed) {
          return;
        }
      }
      done = round;
      Shared shared = current;
      if (shared != null) {
        shared.help(worker);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T rethrown(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
