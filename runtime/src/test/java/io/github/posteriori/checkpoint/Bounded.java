package io.github.posteriori.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Holds a read of a hostile file to what it may cost: a second, and 200 MB allocated in all. */
public final class Bounded {
  private static final long MOST_NANOSECONDS = 1_000_000_000;
  private static final long MOST_BYTES = 200_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Bounded() {}

  /** A read that must fail: its refusal. */
  public static CheckpointException refusal(Runnable read) {
    CheckpointException refusal = refusalOrNull(read);
    assertTrue(refusal != null, "the file was accepted");
    return refusal;
  }

  /** A read that may fail, but only with a {@link CheckpointException}. */
  public static CheckpointException refusalOrNull(Runnable read) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    // Not by the clock on the wall, which counts what else the machine does.
    long time = THREADS.getCurrentThreadCpuTime();
    CheckpointException refusal = null;
    try {
      read.run();
    } catch (CheckpointException e) {
      refusal = e;
    }
    time = THREADS.getCurrentThreadCpuTime() - time;
    bytes = THREADS.getThreadAllocatedBytes(thread) - bytes;
    assertTrue(time < MOST_NANOSECONDS, "took " + time + " ns");
    assertTrue(bytes < MOST_BYTES, "allocated " + bytes + " bytes");
    return refusal;
  }
}
