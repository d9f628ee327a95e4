package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.engine.AllGather;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shards get what all others contributed, in their order, and end together. */
@Timeout(20)
class LockstepTest {

  private static Function<AllGather, String> shard(int index, int rounds) {
    return others -> {
      StringBuilder seen = new StringBuilder();
      for (int round = 0; round < rounds; round++) {
        double[][] all = others.gather(new double[] {10 * round + index});
        for (double[] each : all) {
          seen.append((int) each[0]).append(' ');
        }
      }
      return seen.toString();
    };
  }

  @Test
  void eachRoundGathersFromAllInTheirOrder() {
    List<Function<AllGather, String>> shards =
        IntStream.range(0, 3).mapToObj(index -> shard(index, 3)).toList();
    String expected = "0 1 2 10 11 12 20 21 22 ";
    assertEquals(
        List.of(expected, expected, expected), Lockstep.run(shards, UnaryOperator.identity()));
  }

  @Test
  void shardsElsewhereAreAskedOnceARound() {
    AtomicInteger asked = new AtomicInteger();
    UnaryOperator<double[][]> others =
        own -> {
          asked.incrementAndGet();
          return new double[][] {{7}, own[0], own[1]};
        };
    assertEquals(
        List.of("7 0 1 7 10 11 ", "7 0 1 7 10 11 "),
        Lockstep.run(List.of(shard(0, 2), shard(1, 2)), others));
    assertEquals(2, asked.get());
  }

  @Test
  void oneThatFailsEndsThoseThatWaitForIt() {
    IllegalArgumentException cause = new IllegalArgumentException("bad image");
    List<Function<AllGather, String>> shards =
        List.of(
            shard(0, 1),
            others -> {
              throw cause;
            });
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class, () -> Lockstep.run(shards, UnaryOperator.identity()));
    assertSame(cause, failure.getCause());
  }

  @Test
  void sumsAreTakenOverTheTree() {
    double big = 1L << 53; // to which 1 adds nothing
    AllGather four = own -> new double[][] {{1, big}, {1, 1}, {big, 1}, {-big, -big}};
    assertArrayEquals(new double[] {2, 1}, four.sum(new double[2]));
    assertArrayEquals(new double[] {3, 4}, AllGather.alone().sum(new double[] {3, 4}));
  }
}
