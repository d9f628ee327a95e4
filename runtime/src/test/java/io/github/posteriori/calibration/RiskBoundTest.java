package io.github.posteriori.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.RiskCoverage;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskBoundTest {
  private static final double DELTA = 0.05;
  private static final int DRAWS = 1_000;

  /** The binomial distribution summed term by term. */
  private static double atMost(int wrong, int answered, double risk) {
    double term = Math.pow(1 - risk, answered);
    double sum = 0;
    for (int e = 0; e <= wrong; e++) {
      sum += term;
      term *= risk / (1 - risk) * (answered - e) / (e + 1);
    }
    return sum;
  }

  @Test
  void isTheRiskUnderWhichSoFewAreRare() {
    for (int answered : new int[] {1, 5, 60, 400}) {
      for (int wrong = 0; wrong < answered; wrong = 2 * wrong + 1) {
        for (double delta : new double[] {0.2, 0.05, 0.0025}) {
          double bound = RiskBound.upper(wrong, answered, delta);
          assertEquals(delta, atMost(wrong, answered, bound), 1e-7);
        }
      }
      double none = RiskBound.upper(0, answered, 0.1);
      assertEquals(1 - Math.pow(0.1, 1.0 / answered), none, 1e-9);
      assertEquals(1, RiskBound.upper(answered, answered, 0.1));
    }
    assertEquals(1, RiskBound.upper(0, 0, 0.1));
    assertThrows(IllegalArgumentException.class, () -> RiskBound.upper(2, 1, 0.1));
  }

  /**
   * Confidences are drawn evenly from 0.5 to 1, and an answer of confidence c is right with
   * probability c.
   */
  private static List<Answer> answers(int count, Random random) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double confidence = 0.5 + random.nextDouble() / 2;
      answers.add(new Answer(random.nextDouble() < confidence ? 1 : 0, 1, confidence));
    }
    return answers;
  }

  /** The true risk above a threshold: the mean of 1 - c from there to 1. */
  private static double risk(RiskCoverage.Point point) {
    return (1 - Math.max(0.5, point.confidence())) / 2;
  }

  private static boolean breaks(SelectiveRisk promised) {
    return promised.points().stream().anyMatch(point -> risk(point) > point.risk());
  }

  @Test
  void theWholeCurveHoldsAsOftenAsPromised() {
    Random random = new Random(6);
    int broken = 0;
    int naive = 0;
    double answered = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      List<Answer> bounding = answers(300, random);
      SelectiveRisk promised = RiskBound.curve(answers(300, random), bounding, DELTA);
      assertEquals(Optional.of(DELTA), promised.delta());
      broken += breaks(promised) ? 1 : 0;
      naive += breaks(SelectiveRisk.of(bounding)) ? 1 : 0;
      answered += promised.within(0.2).map(RiskCoverage.Point::coverage).orElse(0.0) / DRAWS;
    }
    double band = 3 * Math.sqrt(DRAWS * DELTA * (1 - DELTA));
    assertTrue(broken <= DRAWS * DELTA + band, broken + " of " + DRAWS);
    // A promise that is never broken would be an idle one.
    assertTrue(broken > 0);
    assertTrue(naive > DRAWS * 0.9, naive + " of " + DRAWS);
    // A risk of 0.2 is that of the threshold 0.6, which 80 % reach.
    assertTrue(answered > 0.3 && answered < 0.8, "" + answered);
  }

  /** Thresholds from the examples that count would be chosen where errors happen to be few. */
  @Test
  void thresholdsComeFromOtherExamples() {
    List<Answer> choosing = List.of(new Answer(0, 1, 0.7), new Answer(1, 1, 0.9));
    SelectiveRisk promised = RiskBound.curve(choosing, answers(400, new Random(2)), DELTA);
    for (RiskCoverage.Point point : promised.points()) {
      assertTrue(List.of(0.0, 0.7, 0.9).contains(point.confidence()), point.toString());
    }
    assertEquals(400, promised.examples());
    assertEquals(1, promised.points().get(promised.points().size() - 1).coverage());
  }
}
