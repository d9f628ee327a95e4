package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DetectionTest {
  private static double[] scores(double... scores) {
    return scores;
  }

  /**
   * By hand. From the highest score down: 0.9 out (recall 1/3, precision 1), 0.8 in, 0.7 out (2/3,
   * 2/3), 0.6 in, 0.5 out (1, 3/5), 0.1 in. Average precision (1 + 2/3 + 3/5) / 3 = 34/45; all of
   * the outside are caught at 0.5, with two of three alarms; of nine pairs six are won (0.9 three,
   * 0.7 two, 0.5 one).
   */
  @Test
  void followsTheThresholdsDown() {
    Detection detection = Detection.of(scores(0.1, 0.6, 0.8), scores(0.7, 0.9, 0.5));
    assertEquals(34 / 45.0, detection.aupr(), 1e-15);
    assertEquals(2 / 3.0, detection.fpr95(), 1e-15);
    assertEquals(6 / 9.0, detection.auroc(), 1e-15);
  }

  /**
   * By hand. At 3 one hit (recall 1/2, precision 1), at 2 another with two alarms (1, 2/4). Taking
   * the equal scores one by one would make 1 or (1 + 2/4) / 2 by the order alone.
   */
  @Test
  void takesEqualScoresAtOnce() {
    Detection detection = Detection.of(scores(1, 2, 2), scores(3, 2));
    assertEquals(0.5 * 1 + 0.5 * 0.5, detection.aupr(), 1e-15);
    assertEquals(2 / 3.0, detection.fpr95(), 1e-15);
    assertEquals(Detection.of(scores(0.0), scores(-0.0)), Detection.of(scores(1), scores(1)));
  }

  /** Of 20 images from outside 19 are exactly 95 %; of 19 it takes all, since 18 are fewer. */
  @Test
  void looksForAtLeast95Percent() {
    double[] inside = scores(-1, 1.5, 7.5);
    double[] twenty = new double[20];
    Arrays.setAll(twenty, i -> i);
    assertEquals(2 / 3.0, Detection.of(inside, twenty).fpr95(), 1e-15, "the threshold is 1");
    double[] nineteen = Arrays.copyOfRange(twenty, 0, 19);
    inside[0] = 0.5;
    assertEquals(1, Detection.of(inside, nineteen).fpr95(), "the threshold is 0");
    assertEquals(2 / 3.0, Detection.of(inside, twenty).fpr95(), 1e-15, "0.5 is below it");
  }

  @Test
  void isPerfectWhereEveryOutsideScoreIsHigher() {
    assertEquals(
        new Detection(1, 1, 0), Detection.of(scores(0.1, 0.3, 0.2), scores(0.9, 0.4, 0.4)));
  }

  /** The worst order: precision 1/3 and 2/4 where the two from outside come last. */
  @Test
  void isWorstWhereEveryOutsideScoreIsLower() {
    Detection worst = Detection.of(scores(3, 4), scores(1, 2));
    assertEquals(0, worst.auroc());
    assertEquals((1 / 3.0 + 2 / 4.0) / 2, worst.aupr(), 1e-15);
    assertEquals(1, worst.fpr95());
  }

  @Test
  void isChanceWhereAllScoresAreEqual() {
    assertEquals(new Detection(0.5, 0.25, 1), Detection.of(scores(7, 7, 7), scores(7)));
  }

  @Test
  void ordersInfiniteScores() {
    double inf = Double.POSITIVE_INFINITY;
    assertEquals(new Detection(1, 1, 0), Detection.of(scores(-inf, 3, -inf), scores(inf, 4)));
    assertEquals(new Detection(0.5, 0.5, 1), Detection.of(scores(-inf), scores(-inf)));
  }

  /** Scores of about 200 images in each round; few values, so that many are equal. */
  @Test
  void agreesWithTryingEveryThreshold() {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      int values = round % 2 == 0 ? 30 : 100_000;
      double[] inside = random.ints(1 + random.nextInt(200), 0, values).asDoubleStream().toArray();
      double[] outside =
          random
              .ints(1 + random.nextInt(200), values / 5, values + values / 5)
              .asDoubleStream()
              .toArray();
      Detection detection = Detection.of(inside, outside);
      assertEquals(averagePrecision(inside, outside), detection.aupr(), 1e-12);
      assertEquals(leastAlarms(inside, outside), detection.fpr95(), 1e-12);
      assertEquals(Auroc.of(inside, outside), detection.auroc());
    }
  }

  private static long atLeast(double[] scores, double threshold) {
    return Arrays.stream(scores).filter(score -> score >= threshold).count();
  }

  /** The mean, over the images from outside, of the precision at the image's own score. */
  private static double averagePrecision(double[] inside, double[] outside) {
    double sum = 0;
    for (double score : outside) {
      double hits = atLeast(outside, score);
      sum += hits / (hits + atLeast(inside, score));
    }
    return sum / outside.length;
  }

  private static double leastAlarms(double[] inside, double[] outside) {
    double least = 1;
    for (double threshold : outside) {
      if (20 * atLeast(outside, threshold) >= 19L * outside.length) {
        least = Math.min(least, (double) atLeast(inside, threshold) / inside.length);
      }
    }
    return least;
  }

  @Test
  void dependsOnTheOrderOfScoresAlone() {
    Random random = new Random(12);
    double[] inside = random.doubles(200).toArray();
    double[] outside = random.doubles(200).map(x -> x + 0.3).toArray();
    Detection detection = Detection.of(inside, outside);
    for (DoubleUnaryOperator rising :
        new DoubleUnaryOperator[] {Math::exp, x -> 5 * x - 100, x -> x * x * x}) {
      assertEquals(
          detection,
          Detection.of(
              Arrays.stream(inside).map(rising).toArray(),
              Arrays.stream(outside).map(rising).toArray()));
    }
    assertTrue(detection.auroc() > 0.6 && detection.auroc() < 0.9, detection.toString());
  }

  @Test
  void refusesWhatCannotBeOrdered() {
    assertEquals(
        "inside has NaN at position 1, expected numbers that can be ordered",
        assertThrows(
                IllegalArgumentException.class,
                () -> Detection.of(scores(1, Double.NaN), scores(2)))
            .getMessage());
    assertEquals(
        "outside has no scores, expected at least one",
        assertThrows(IllegalArgumentException.class, () -> Detection.of(scores(1), scores()))
            .getMessage());
    assertThrows(NullPointerException.class, () -> Detection.of(scores(1), null));
  }
}
