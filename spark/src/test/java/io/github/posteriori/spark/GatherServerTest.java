package io.github.posteriori.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatherServerTest {
  private static final int FAILING = -1;
  private static final SparkConf CONF = new SparkConf(false).set("spark.driver.host", "127.0.0.1");

  private static CompletableFuture<double[][]> sent(GatherClient client, double... row) {
    return CompletableFuture.supplyAsync(() -> client.gather(new double[][] {row}));
  }

  @Test
  void everyTaskGetsTheRowsOfAllInTheOrderOfTasks() {
    try (GatherServer server = GatherServer.open(CONF, 2);
        GatherClient first = server.address().connect(0);
        GatherClient second = server.address().connect(1)) {
      for (int round = 0; round < 3; round++) {
        CompletableFuture<double[][]> later = sent(second, 3, round);
        double[][] all = {{1, 2}, {3, round}};
        assertArrayEquals(all, sent(first, 1, 2).join());
        assertArrayEquals(all, later.join());
      }
    }
  }

  @Test
  void aTaskThatLeavesLetsNoOtherWait() {
    try (GatherServer server = GatherServer.open(CONF, 2);
        GatherClient waiting = server.address().connect(0)) {
      CompletableFuture<double[][]> never = sent(waiting, 1);
      GatherClient leaving = server.address().connect(1);
      leaving.close();
      assertThrows(CompletionException.class, never::join);
    }
  }

  @Test
  void whoDoesNotKnowTheSecretGetsNoAnswer() {
    try (GatherServer server = GatherServer.open(CONF, 1)) {
      GatherAddress known = server.address();
      GatherAddress guessed = new GatherAddress(known.host(), known.port(), known.secret() + 1);
      try (GatherClient client = guessed.connect(0)) {
        assertThrows(UncheckedIOException.class, () -> client.gather(new double[][] {{1}}));
      }
    }
  }

  @Test
  void aStageOfWhichATaskFailsIsDoneAgain() {
    BarrierStage.Task<Integer, Double> task =
        (input, others) -> {
          double[][] all = others.apply(new double[][] {{input}});
          if (input == FAILING) {
            throw new IllegalStateException("fails on purpose");
          }
          double[][] again = others.apply(new double[][] {{10 * input}});
          return List.of(all[0][0] + all[1][0] + again[0][0] + again[1][0]);
        };
    JavaSparkContext context = JavaSparkContext.fromSparkContext(LocalSpark.SESSION.sparkContext());
    AtomicInteger attempts = new AtomicInteger();
    Supplier<List<Integer>> inputs =
        () -> List.of(1, attempts.incrementAndGet() == 1 ? FAILING : 2);
    assertEquals(List.of(33.0, 33.0), BarrierStage.run(context, inputs, Double.class, task));
    assertEquals(2, attempts.get());
  }

  @Test
  void aStageThatFailsEachTimeIsDoneAsOftenAsSparkRunsATask() {
    BarrierStage.Task<Integer, Double> failing =
        (input, others) -> {
          throw new IllegalStateException("fails on purpose");
        };
    JavaSparkContext context = JavaSparkContext.fromSparkContext(LocalSpark.SESSION.sparkContext());
    AtomicInteger attempts = new AtomicInteger();
    Supplier<List<Integer>> inputs = () -> List.of(attempts.incrementAndGet());
    assertThrows(
        SparkException.class, () -> BarrierStage.run(context, inputs, Double.class, failing));
    assertEquals(4, attempts.get()); // spark.task.maxFailures, unless it is set
  }

  @Test
  void aFaultOfTheDriversOwnIsNotTriedAgain() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(LocalSpark.SESSION.sparkContext());
    AtomicInteger attempts = new AtomicInteger();
    Supplier<List<Integer>> broken =
        () -> {
          attempts.incrementAndGet();
          throw new IllegalStateException("no inputs");
        };
    assertThrows(
        IllegalStateException.class,
        () -> BarrierStage.run(context, broken, Double.class, (input, others) -> List.of()));
    assertEquals(1, attempts.get());
  }

  @Test
  void aStageThatIsCancelledIsNotDoneAgain() {
    BarrierStage.Task<Integer, Double> endless =
        (input, others) -> {
          while (true) {
            others.apply(new double[1][1]);
          }
        };
    JavaSparkContext context = JavaSparkContext.fromSparkContext(LocalSpark.SESSION.sparkContext());
    AtomicInteger attempts = new AtomicInteger();
    Supplier<List<Integer>> inputs =
        () -> {
          attempts.incrementAndGet();
          return List.of(1, 2);
        };
    CompletableFuture<Void> cancelling =
        CompletableFuture.runAsync(
            () -> {
              while (context.statusTracker().getActiveJobIds().length == 0) {
                LockSupport.parkNanos(5_000_000);
              }
              context.cancelAllJobs();
            });
    assertThrows(
        SparkException.class, () -> BarrierStage.run(context, inputs, Double.class, endless));
    cancelling.join();
    assertEquals(1, attempts.get());
  }
}
