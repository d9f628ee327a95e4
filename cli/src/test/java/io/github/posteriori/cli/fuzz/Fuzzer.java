package io.github.posteriori.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Gives a reader damaged files: whatever the bytes, it must read or refuse them, within a second
 * and 200 MB.
 *
 * <p>The seed is always the same, so that a test that passes once passes again; the property {@code
 * posteriori.fuzz.seconds} makes each target go on for so long, {@code posteriori.fuzz.seed} makes
 * it damage other bytes.
 */
public final class Fuzzer {
  private static final int RANDOM_INPUTS = 1000;
  private static final long MOST_NANOSECONDS = 1_000_000_000;
  private static final long MOST_BYTES = 200_000_000;
  private static final long SECONDS = Long.getLong("posteriori.fuzz.seconds", 0);
  private static final long SEED = Long.getLong("posteriori.fuzz.seed", 20240229);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FuzzTarget target;
  private int accepted;
  private int refused;

  private Fuzzer(FuzzTarget target) {
    this.target = target;
  }

  /** Fails where the target's reader does, and keeps the file that it fails on. */
  public static void run(FuzzTarget target) {
    Fuzzer fuzzer = new Fuzzer(target);
    try {
      assertTimeoutPreemptively(Duration.ofSeconds(60 + SECONDS), () -> fuzzer.run());
    } catch (Throwable e) {
      throw new AssertionError(target + " fails on " + fuzzer.kept() + ": " + e.getMessage(), e);
    }
  }

  private void run() {
    target.whole().forEach(this::read);
    assertTrue(refused == 0, "a whole file is refused");
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    Mutations mutations = new Mutations(target.whole(), target.header(), SEED);
    mutations.systematic().forEach(this::read);
    Stream<byte[]> random = mutations.random();
    random.limit(RANDOM_INPUTS).forEach(this::read);
    Iterator<byte[]> more = mutations.random().iterator();
    while (System.nanoTime() < end) {
      read(more.next());
    }
    System.out.printf(
        Locale.ROOT,
        "fuzz %s: %,d inputs, %,d accepted, %,d refused%n",
        target,
        accepted + refused,
        accepted,
        refused);
    assertTrue(refused > 100, "the damage does nothing");
  }

  private void read(byte[] bytes) {
    try {
      // Some file systems wait for the disk where a file is cut to nothing and written again.
      Files.deleteIfExists(target.file());
      Files.write(target.file(), target.pack().apply(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    // Not by the clock on the wall, which counts what else the machine does.
    long time = THREADS.getCurrentThreadCpuTime();
    try {
      target.reading().run();
      accepted++;
    } catch (RuntimeException e) {
      if (!target.refusal().isInstance(e)) {
        throw e;
      }
      assertTrue(e.getMessage().contains(target.named()), "unclear: " + e.getMessage());
      refused++;
    }
    time = THREADS.getCurrentThreadCpuTime() - time;
    allocated = THREADS.getThreadAllocatedBytes(thread) - allocated;
    assertTrue(time < MOST_NANOSECONDS, "took " + time + " ns");
    assertTrue(allocated < MOST_BYTES, "allocated " + allocated + " bytes");
  }

  private Path kept() {
    try {
      Path kept = Files.createDirectories(Path.of("target", "fuzz")).resolve(target + ".failing");
      return Files.copy(target.file(), kept, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
