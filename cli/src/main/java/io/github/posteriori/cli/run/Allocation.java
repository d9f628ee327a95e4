package io.github.posteriori.cli.run;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures how many bytes an action allocates on the Java heap, in all threads. */
public final class Allocation {
  private Allocation() {}

  /** Averages over {@code runs} runs of {@code action}. */
  public static long of(Runnable action, int runs) {
    long before = allocated();
    for (int i = 0; i < runs; i++) {
      action.run();
    }
    return (allocated() - before) / runs;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }
}
