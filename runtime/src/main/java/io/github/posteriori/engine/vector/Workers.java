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

  /** In place of the next task, between jobs: more than any job has. */
  private static final int NO_TASK = 1 << 30;

  private final Thread[] helpers;
  private final AtomicInteger next = new AtomicInteger(NO_TASK);

  /** Helpers that may hold a task: each counts itself before it takes one. */
  private final AtomicInteger running = new AtomicInteger();

  private volatile int round;
  private volatile boolean dismissed;
  private volatile Thread caller;
  private volatile Throwable failure;
  private Job job;
  private int tasks;

  /** Job whose tasks are shared out. */
  @FunctionalInterface
  interface Job {
    /**
     * Does one task.
     *
     * @param worker index of the thread, from 0, the caller, to {@link Workers#count()} - 1
     */
    void run(int task, int worker);
  }

  /** Starts {@code threads - 1} helpers of the caller. */
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
   * Runs all tasks, and returns when they are done. There is one caller at a time, and jobs do not
   * nest. A task's exception ends the job and is thrown to the caller.
   */
  void run(int tasks, Job job) {
    if (helpers.length == 0 || tasks < 2 || dismissed) {
      for (int task = 0; task < tasks; task++) {
        job.run(task, 0);
      }
      return;
    }
    this.job = job;
    this.tasks = tasks;
    this.caller = Thread.currentThread();
    next.set(0); // not before the job is in place
    round++;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    work(0);
    for (int spins = 0; running.get() > 0; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(100_000);
      }
    }
    next.set(NO_TASK);
    this.job = null;
    if (failure != null) {
      Throwable thrown = failure;
      failure = null;
      throw Workers.<RuntimeException>rethrown(thrown);
    }
  }

  /** Ends the helpers; the caller runs later jobs alone. */
  void dismiss() {
    dismissed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private void work(int worker) {
    try {
      for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
        job.run(task, worker);
      }
    } catch (Throwable thrown) {
      failure = thrown;
      next.set(NO_TASK);
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
      running.incrementAndGet();
      work(worker);
      if (running.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T rethrown(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
