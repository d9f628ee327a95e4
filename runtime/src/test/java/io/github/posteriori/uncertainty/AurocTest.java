package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AurocTest {
  private static double[] scores(double... scores) {
    return scores;
  }

  @Test
  void isOneWhereEveryOutsideScoreIsHigher() {
    assertEquals(1, Auroc.of(scores(0.1, 0.3, 0.2), scores(0.9, 0.4)));
    assertEquals(0, Auroc.of(scores(0.9, 0.4), scores(0.1, 0.3, 0.2)));
  }

  @Test
  void countsTiesHalf() {
    assertEquals(0.5, Auroc.of(scores(1, 1, 1), scores(1, 1)));
    // Of six pairs three are higher (3 over 1, 2 and 2) and two tie (2 with 2 and 2).
    assertEquals(5 / 6.0, Auroc.of(scores(1, 2, 2), scores(3, 2)), 1e-15);
    assertEquals(0.5, Auroc.of(scores(0.0), scores(-0.0)));
  }

  /**
   * By hand: the outside 0.35 beats 0.1, the outside 0.8 beats 0.1 and 0.4; one pair of four lost.
   */
  @Test
  void countsPairs() {
    assertEquals(0.75, Auroc.of(scores(0.1, 0.4), scores(0.35, 0.8)));
  }

  @Test
  void agreesWithCountingAllPairs() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      // Few values, so that ties are many.
      double[] inside = random.ints(1 + random.nextInt(40), 0, 12).asDoubleStream().toArray();
      double[] outside = random.ints(1 + random.nextInt(40), 3, 15).asDoubleStream().toArray();
      double won = 0;
      for (double out : outside) {
        for (double in : inside) {
          won += out > in ? 1 : out == in ? 0.5 : 0;
        }
      }
      assertEquals(won / inside.length / outside.length, Auroc.of(inside, outside), 1e-12);
    }
  }

  @Test
  void leavesItsArgumentsAsTheyAre() {
    double[] inside = scores(3, 1, 2);
    Auroc.of(inside, scores(5));
    assertEquals(3, inside[0]);
  }

  @Test
  void doesNotOverflowOnLargeSets() {
    assertEquals(1, Auroc.of(new double[60_000], fill(60_000)));
  }

  private static double[] fill(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void refusesWhatCannotBeOrdered() {
    assertEquals(
        "outside has NaN at position 1, expected numbers that can be ordered",
        assertThrows(
                IllegalArgumentException.class, () -> Auroc.of(scores(1), scores(2, Double.NaN)))
            .getMessage());
    assertEquals(
        "inside has no scores, expected at least one",
        assertThrows(IllegalArgumentException.class, () -> Auroc.of(scores(), scores(2)))
            .getMessage());
    assertThrows(NullPointerException.class, () -> Auroc.of(null, scores(2)));
  }
}
