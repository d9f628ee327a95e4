package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks are shared out, each once, and the caller hears of the end and of failures. */
@Timeout(60)
class WorkersTest {
  private final List<Workers> hired = new ArrayList<>();

  private Workers workers(int threads) {
    Workers workers = new Workers(threads);
    hired.add(workers);
    return workers;
  }

  @AfterEach
  void dismissAll() {
    hired.forEach(Workers::dismiss);
  }

  private static void assertRunsEachOnce(Workers workers, int tasks) {
    AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
    workers.run(tasks, (task, worker) -> runs.incrementAndGet(task));
    for (int task = 0; task < tasks; task++) {
      assertEquals(1, runs.get(task), "task " + task + " of " + tasks);
    }
  }

  /** Runs a task on each of as many threads; none ends before all have begun. */
  private static void runOnAll(Workers workers, Workers.Job job) {
    CountDownLatch begun = new CountDownLatch(workers.count());
    workers.run(
        workers.count(),
        (task, worker) -> {
          begun.countDown();
          await(begun);
          job.run(task, worker);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 9", "2, 0", "2, 1", "2, 2", "2, 1000", "3, 7", "8, 3", "8, 1000"})
  void eachTaskRunsOnce(int threads, int tasks) {
    Workers workers = workers(threads);
    for (int repeat = 0; repeat < 50; repeat++) {
      assertRunsEachOnce(workers, tasks);
    }
  }

  /** A helper may still be waking up for an earlier job when the next one begins. */
  @Test
  void eachTaskOfManyShortJobsRunsOnce() {
    Workers workers = workers(4);
    for (int job = 0; job < 50_000; job++) {
      assertRunsEachOnce(workers, 2 + job % 5);
    }
  }

  @Test
  void oneThreadIsTheCallerAndTakesTasksInTheirOrder() {
    List<Integer> order = new ArrayList<>();
    Thread caller = Thread.currentThread();
    workers(1)
        .run(
            5,
            (task, worker) -> {
              assertSame(caller, Thread.currentThread());
              assertEquals(0, worker);
              order.add(task);
            });
    assertEquals(List.of(0, 1, 2, 3, 4), order);
  }

  @Test
  void allThreadsWorkAndEachHasANumberOfItsOwn() {
    Workers workers = workers(4);
    Thread[] threads = new Thread[workers.count()];
    runOnAll(workers, (task, worker) -> threads[worker] = Thread.currentThread());
    assertSame(Thread.currentThread(), threads[0]);
    assertEquals(4, Set.of(threads).size());
  }

  @Test
  void noTwoTasksShareAWorkerAtATime() {
    Workers workers = workers(3);
    AtomicBoolean[] busy =
        IntStream.range(0, 3).mapToObj(i -> new AtomicBoolean()).toArray(AtomicBoolean[]::new);
    workers.run(
        20_000,
        (task, worker) -> {
          assertFalse(busy[worker].getAndSet(true), "worker " + worker);
          busy[worker].set(false);
        });
  }

  @Test
  void whatTasksWroteIsSeenByTheCaller() {
    Workers workers = workers(4);
    int[] squares = new int[1000];
    for (int round = 1; round <= 100; round++) {
      int factor = round;
      workers.run(squares.length, (task, worker) -> squares[task] = factor * task);
      for (int task = 0; task < squares.length; task++) {
        assertEquals(factor * task, squares[task], "round " + round);
      }
    }
  }

  @Test
  void workersThatFellAsleepWakeUp() throws InterruptedException {
    Workers workers = workers(3);
    for (int repeat = 0; repeat < 3; repeat++) {
      Thread.sleep(100);
      runOnAll(workers, (task, worker) -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aFailureOfAnyWorkerReachesTheCallerAsItIs(int failing) {
    Workers workers = workers(3);
    IllegalStateException failure = new IllegalStateException("meant to fail");
    IllegalStateException found =
        assertThrows(
            IllegalStateException.class,
            () ->
                runOnAll(
                    workers,
                    (task, worker) -> {
                      if (worker == failing) {
                        throw failure;
                      }
                    }));
    assertSame(failure, found);
  }

  @Test
  void errorsAndCheckedExceptionsAreNotWrapped() {
    Workers workers = workers(2);
    AssertionError error = new AssertionError("meant to fail");
    assertSame(error, assertThrows(AssertionError.class, () -> failWith(workers, error)));
    IOException checked = new IOException("meant to fail");
    assertSame(checked, assertThrows(IOException.class, () -> failWith(workers, checked)));
  }

  private static void failWith(Workers workers, Throwable thrown) {
    workers.run(2, (task, worker) -> WorkersTest.<RuntimeException>sneak(thrown));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void afterAFailureTheyWorkAsBefore(int threads) {
    Workers workers = workers(threads);
    for (int repeat = 0; repeat < 20; repeat++) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              workers.run(
                  100,
                  (task, worker) -> {
                    throw new IllegalArgumentException("meant to fail");
                  }));
      assertRunsEachOnce(workers, 100);
    }
  }

  @Test
  void aFailureEndsTheJob() {
    Workers workers = workers(2);
    Set<Integer> run = ConcurrentHashMap.newKeySet();
    assertThrows(
        IllegalStateException.class,
        () ->
            workers.run(
                1_000_000,
                (task, worker) -> {
                  run.add(task);
                  throw new IllegalStateException("meant to fail");
                }));
    assertTrue(run.size() <= workers.count(), run.size() + " tasks were begun");
  }

  @Test
  void dismissedHelpersEndAndTheCallerWorksAlone() throws InterruptedException {
    Workers workers = workers(3);
    Thread[] threads = new Thread[workers.count()];
    runOnAll(workers, (task, worker) -> threads[worker] = Thread.currentThread());
    workers.dismiss();
    for (int helper = 1; helper < threads.length; helper++) {
      threads[helper].join(20_000);
      assertFalse(threads[helper].isAlive(), "helper " + helper);
    }
    assertRunsEachOnce(workers, 100);
    workers.run(100, (task, worker) -> assertEquals(0, worker));
  }
}
