package io.github.posteriori.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConformalSetsTest {
  private static final int SPLITS = 100;

  /** A network that is too sure of itself. */
  private static final double FACTOR = 2.5;

  private static boolean holds(ConformalSets sets, double[] probabilities, double u, int label) {
    return Arrays.stream(sets.classes(probabilities, u)).anyMatch(k -> k == label);
  }

  private static double coverage(ConformalSets sets, Drawn test, double[][] probabilities) {
    return IntStream.range(0, probabilities.length)
            .filter(i -> holds(sets, probabilities[i], test.u()[i], test.labels()[i]))
            .count()
        / (double) probabilities.length;
  }

  private static double size(ConformalSets sets, Drawn test, double[][] probabilities) {
    return IntStream.range(0, probabilities.length)
        .map(i -> sets.classes(probabilities[i], test.u()[i]).length)
        .average()
        .orElseThrow();
  }

  /**
   * Whatever the network, the mean coverage over random splits is that of {@code k / (n + 1)}, here
   * within four of its own standard errors.
   */
  @ParameterizedTest
  @CsvSource({
    "LAC, 0.9",
    "LAC, 0.95",
    "LAC, 0.99",
    "APS, 0.9",
    "APS, 0.95",
    "APS, 0.99",
    "RAPS, 0.9",
    "RAPS, 0.95",
    "RAPS, 0.99"
  })
  void coversAsPromisedOverRandomSplits(ScoreChoice choice, double promised) {
    int half = 99;
    Drawn all = Drawn.of(3 * half, 8, 5);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 3 * half).boxed().toList());
    Random random = new Random(9);
    double[] covered = new double[SPLITS];
    for (int s = 0; s < SPLITS; s++) {
      Collections.shuffle(order, random);
      int[] places = order.stream().mapToInt(Integer::intValue).toArray();
      Drawn tuning = all.at(Arrays.copyOfRange(places, 0, half));
      Drawn promising = all.at(Arrays.copyOfRange(places, half, 2 * half));
      Drawn test = all.at(Arrays.copyOfRange(places, 2 * half, 3 * half));
      SetScore score =
          choice.tuned(tuning.probabilities(FACTOR), tuning.u(), tuning.labels(), promised);
      ConformalSets sets =
          ConformalSets.fit(
              score, promising.probabilities(FACTOR), promising.u(), promising.labels(), promised);
      covered[s] = coverage(sets, test, test.probabilities(FACTOR));
    }
    double mean = Arrays.stream(covered).average().orElseThrow();
    double variance = Arrays.stream(covered).map(c -> (c - mean) * (c - mean)).sum() / (SPLITS - 1);
    double exact = Math.round(100 * promised) / 100.0;
    assertEquals(exact, mean, 4 * Math.sqrt(variance / SPLITS));
    assertEquals(promised, mean, 0.01);
  }

  /** With true probabilities APS covers alike what is easy and what is hard; LAC does not. */
  @Test
  void adaptiveSetsCoverEasyAndHardExamplesAlike() {
    Drawn promising = Drawn.of(5_000, 8, 1);
    Drawn test = Drawn.of(10_000, 8, 2);
    double[][] p = test.probabilities(1);
    int[] byDoubt =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Arrays.stream(p[i]).max().orElseThrow()))
            .mapToInt(Integer::intValue)
            .toArray();
    ConformalSets aps = fit(new SetScore.Aps(), promising);
    ConformalSets lac = fit(new SetScore.Lac(), promising);
    double band = 4 * Math.sqrt(0.9 * 0.1 * (1 / 2_000.0 + 1 / 5_000.0));
    double worst = 0;
    double before = 8;
    for (int first = 0; first < p.length; first += 2_000) {
      Drawn fifth = test.at(Arrays.copyOfRange(byDoubt, first, first + 2_000));
      double[][] own = fifth.probabilities(1);
      assertEquals(0.9, coverage(aps, fifth, own), band);
      worst = Math.max(worst, Math.abs(coverage(lac, fifth, own) - 0.9));
      double size = size(aps, fifth, own);
      assertTrue(size < before, "the more certain, the smaller");
      before = size;
    }
    assertTrue(worst > band, worst + " by " + band);
    assertTrue(size(lac, test, p) < 0.97 * size(aps, test, p));
  }

  private static ConformalSets fit(SetScore score, Drawn promising) {
    return ConformalSets.fit(
        score, promising.probabilities(1), promising.u(), promising.labels(), 0.9);
  }

  /**
   * A network that is wrong in some cases where it is sure, and has a long tail where it is not, as
   * with many classes: a threshold high enough for the former takes in the tail of the latter.
   */
  @Test
  void thePenaltyKeepsSetsOfManyClassesSmall() {
    int classes = 60;
    Random random = new Random(4);
    double[][] p = new double[1_000][classes];
    int[] labels = new int[p.length];
    for (int i = 0; i < p.length; i++) {
      boolean sure = i % 10 != 0;
      for (int k = 0; k < classes; k++) {
        p[i][k] = (sure ? 0.1 : 1.0) / classes * (1 + 0.5 * (classes - 2.0 * k) / classes);
      }
      p[i][0] += sure ? 0.9 : 0;
      labels[i] = random.nextDouble() < 0.9 ? 0 : 1 + random.nextInt(2);
    }
    double[] u = random.doubles(p.length).toArray();
    Drawn drawn = new Drawn(p, labels, u);
    SetScore raps = ScoreChoice.RAPS.tuned(p, u, labels, 0.95);
    double adaptive = size(ConformalSets.fit(new SetScore.Aps(), p, u, labels, 0.95), drawn, p);
    double regularised = size(ConformalSets.fit(raps, p, u, labels, 0.95), drawn, p);
    assertTrue(regularised < 0.8 * adaptive, regularised + " of " + adaptive);
  }

  @Test
  void scoresFollowTheirFormulas() {
    double[] p = {0.2, 0.5, 0.1, 0.2};
    assertArrayEquals(new double[] {0.8, 0.5, 0.9, 0.8}, new SetScore.Lac().of(p, 0.25), 1e-15);
    double[] aps = {0.55, 0.125, 0.925, 0.75};
    assertArrayEquals(aps, new SetScore.Aps().of(p, 0.25), 1e-15);
    double[] raps = {0.55 + 0.1, 0.125, 0.925 + 0.3, 0.75 + 0.2};
    assertArrayEquals(raps, new SetScore.Raps(0.1, 1).of(p, 0.25), 1e-15);
  }

  /** The least k with k of at least (n + 1) coverage, counted without fractions. */
  @Test
  void theThresholdIsTheLeastThatPromises() {
    for (int n = 1; n < 300; n++) {
      double[] scores = new Random(n).doubles(n).toArray();
      double[] sorted = Arrays.stream(scores).sorted().toArray();
      for (int percent : new int[] {50, 80, 90, 95, 99}) {
        int size = n;
        int rank =
            IntStream.rangeClosed(1, n + 1)
                .filter(k -> 100 * k >= percent * (size + 1))
                .findFirst()
                .orElseThrow();
        double coverage = percent / 100.0;
        if (rank <= n) {
          assertEquals(sorted[rank - 1], ConformalQuantile.of(scores, coverage));
          assertTrue(n >= ConformalQuantile.enough(coverage));
        } else {
          assertThrows(
              IllegalArgumentException.class, () -> ConformalQuantile.of(scores, coverage));
          assertTrue(n < ConformalQuantile.enough(coverage));
        }
      }
    }
  }

  @Test
  void refusesMoreThanTheExamplesCanPromise() {
    var few =
        assertThrows(
            IllegalArgumentException.class, () -> ConformalQuantile.of(new double[18], 0.95));
    assertTrue(few.getMessage().contains("expected at least 19"), few.getMessage());
    for (double coverage : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> ConformalQuantile.of(new double[99], coverage));
    }
  }

  @Test
  void everyExampleHasANumberOfItsOwnEvenlySpread() {
    Random random = new Random(1);
    float[] pixels = new float[4 * 20_000];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256) / 255f;
    }
    double[] u =
        IntStream.range(0, 20_000)
            .mapToDouble(i -> ConformalSets.uniform(pixels, 4 * i, 4))
            .sorted()
            .toArray();
    for (int i = 0; i < u.length; i++) {
      // Kolmogorov's 1.95 / sqrt(n) is exceeded once in a thousand times.
      assertEquals((i + 0.5) / u.length, u[i], 1.95 / Math.sqrt(u.length));
    }
    float[] swapped = {pixels[1], pixels[0], pixels[2], pixels[3]};
    assertEquals(
        ConformalSets.uniform(pixels, 0, 4), ConformalSets.uniform(Arrays.copyOf(pixels, 4), 0, 4));
    assertTrue(ConformalSets.uniform(swapped, 0, 4) != ConformalSets.uniform(pixels, 0, 4));
  }

  @ParameterizedTest
  @EnumSource(ScoreChoice.class)
  void aScoreIsReadAsItIsWritten(ScoreChoice choice) {
    Drawn drawn = Drawn.of(50, 4, 1);
    SetScore score = choice.tuned(drawn.probabilities(1), drawn.u(), drawn.labels(), 0.9);
    assertEquals(score, SetScore.parse(score.toString()));
    assertThrows(IllegalArgumentException.class, () -> SetScore.parse("raps"));
    assertThrows(IllegalArgumentException.class, () -> SetScore.parse("raps(-1, 2)"));
  }
}
