package io.github.posteriori.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {

  @Test
  void isAFunctionOfItsKey() {
    assertEquals(first("a", 1, 2), first("a", 1, 2));
    assertNotEquals(first("a", 1, 2), first("b", 1, 2));
    assertNotEquals(first("a", 1, 2), first("a", 2, 1));
    assertNotEquals(first("a", 1), first("a", 1, 0));
  }

  @Test
  void hasNoTwoKeysAlikeAmongNeighbours() {
    Set<Double> seen = new HashSet<>();
    for (int seed = -50; seed < 50; seed++) {
      for (int index = 0; index < 100; index++) {
        assertTrue(seen.add(first("a", seed, index)));
      }
    }
  }

  @Test
  void isUniformAcrossKeysAndAlongAStream() {
    KeyedRandom stream = KeyedRandom.of("a", 1);
    int[] across = new int[10];
    int[] along = new int[10];
    for (int i = 0; i < 10_000; i++) {
      across[(int) (10 * first("a", 1, i))]++;
      along[stream.below(10)]++;
    }

    for (int i = 0; i < 10; i++) {
      assertEquals(1000, across[i], 150);
      assertEquals(1000, along[i], 150);
    }
  }

  @Test
  void isBellShapedWithUnitVariance() {
    KeyedRandom random = KeyedRandom.of("a", 1);
    double[] draws = IntStream.range(0, 20_000).mapToDouble(i -> random.bell()).toArray();

    assertEquals(0, Arrays.stream(draws).average().orElseThrow(), 0.03);
    assertEquals(1, Arrays.stream(draws).map(d -> d * d).average().orElseThrow(), 0.03);
    assertEquals(0.68, Arrays.stream(draws).filter(d -> Math.abs(d) < 1).count() / 20_000.0, 0.03);
  }

  @Test
  void normalNumbersHaveTheirMoments() {
    KeyedRandom random = KeyedRandom.of("a", 1);
    double[] draws = IntStream.range(0, 40_000).mapToDouble(i -> random.normal()).toArray();

    assertEquals(0, Arrays.stream(draws).average().orElseThrow(), 0.02);
    assertEquals(1, Arrays.stream(draws).map(d -> d * d).average().orElseThrow(), 0.03);
    assertEquals(3, Arrays.stream(draws).map(d -> d * d * d * d).average().orElseThrow(), 0.2);
    assertEquals(0.1587, Arrays.stream(draws).filter(d -> d > 1).count() / 40_000.0, 0.006);
    double neighbours = 0;
    for (int i = 0; i < draws.length; i += 2) {
      neighbours += draws[i] * draws[i + 1];
    }
    assertEquals(0, neighbours / 20_000, 0.03, "the two of a pair are independent");
  }

  @Test
  void eventsAreThoseOfPoisson() {
    for (double mean : new double[] {0, 0.5, 4, 300}) {
      KeyedRandom random = KeyedRandom.of("a", 2);
      double[] draws = IntStream.range(0, 20_000).mapToDouble(i -> random.poisson(mean)).toArray();
      double found = Arrays.stream(draws).average().orElseThrow();
      double variance =
          Arrays.stream(draws).map(d -> (d - found) * (d - found)).average().getAsDouble();
      assertEquals(mean, found, 0.03 * Math.sqrt(mean));
      assertEquals(mean, variance, 0.06 * mean);
      double none = Arrays.stream(draws).filter(d -> d == 0).count() / 20_000.0;
      assertEquals(Math.exp(-mean), none, 0.012);
    }
  }

  @Test
  void permutesEveryNumberToEveryPlaceEquallyOften() {
    int[][] counts = new int[4][4];
    for (int key = 0; key < 8000; key++) {
      int[] order = KeyedRandom.of("a", key).permutation(4);
      assertArrayEquals(new int[] {0, 1, 2, 3}, Arrays.stream(order).sorted().toArray());
      for (int i = 0; i < 4; i++) {
        counts[i][order[i]]++;
      }
    }

    for (int[] row : counts) {
      for (int count : row) {
        assertEquals(2000, count, 200);
      }
    }
  }

  private static double first(String use, long... key) {
    return KeyedRandom.of(use, key).uniform();
  }
}
