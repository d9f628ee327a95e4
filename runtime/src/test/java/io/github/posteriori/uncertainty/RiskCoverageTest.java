package io.github.posteriori.uncertainty;

import static io.github.posteriori.uncertainty.Answers.right;
import static io.github.posteriori.uncertainty.Answers.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.uncertainty.RiskCoverage.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {
  /** By hand: of the most confident 1, 2, 3, 4 answers 0, 1, 1, 2 are wrong. */
  @Test
  void answersTheMostConfidentFirst() {
    RiskCoverage curve = RiskCoverage.of(List.of(right(0.6), wrong(0.8), right(0.9), wrong(0.5)));
    assertEquals(
        List.of(
            new Point(0.9, 0.25, 0),
            new Point(0.8, 0.5, 1 / 2.0),
            new Point(0.6, 0.75, 1 / 3.0),
            new Point(0.5, 1, 2 / 4.0)),
        curve.points());
    assertEquals((0 + 1 / 2.0 + 1 / 3.0 + 2 / 4.0) / 4, curve.area(), 1e-15);
  }

  /** By hand: the three of 0.8 are one threshold, of risk 1/4, which counts for each of them. */
  @Test
  void answersEqualConfidencesTogether() {
    RiskCoverage curve = RiskCoverage.of(List.of(wrong(0.8), right(0.9), right(0.8), right(0.8)));
    assertEquals(List.of(new Point(0.9, 0.25, 0), new Point(0.8, 1, 0.25)), curve.points());
    assertEquals((0 + 3 * 0.25) / 4, curve.area(), 1e-15);
  }

  @Test
  void hasTheShareOfErrorsAsAreaWhereAllConfidencesAreEqual() {
    assertEquals(0.25, RiskCoverage.of(List.of(wrong(1), right(1), right(1), right(1))).area());
    assertEquals(0, RiskCoverage.of(List.of(right(0.3), right(0.9))).area());
    assertEquals(1, RiskCoverage.of(List.of(wrong(0.3), wrong(0.9))).area());
  }

  /** Where errors come last, the risk is 0 up to the accuracy, and then 1/3 and 2/4. */
  @Test
  void isLeastWhereEveryErrorIsLessConfident() {
    List<Answer> best = List.of(right(0.9), right(0.8), wrong(0.4), wrong(0.3));
    assertEquals((1 / 3.0 + 2 / 4.0) / 4, RiskCoverage.of(best).area(), 1e-15);
  }

  /** For each image the errors among those that are as confident. */
  @Test
  void agreesWithTryingEveryThreshold() {
    for (int seed = 0; seed < 20; seed++) {
      List<Answer> answers = Answers.random(200, seed % 2 == 0 ? 1 : 50, seed);
      double sum = 0;
      for (Answer own : answers) {
        List<Answer> answered =
            answers.stream().filter(a -> a.confidence() >= own.confidence()).toList();
        sum += answered.stream().filter(a -> !a.right()).count() / (double) answered.size();
      }
      assertEquals(sum / 200, RiskCoverage.of(answers).area(), 1e-12);
    }
  }

  @Test
  void dependsOnTheOrderOfConfidencesAloneAndNotOnThatOfImages() {
    List<Answer> answers = Answers.random(200, 25, 6);
    RiskCoverage curve = RiskCoverage.of(answers);
    List<Answer> shuffled = new ArrayList<>(answers);
    Collections.shuffle(shuffled, new Random(1));
    assertEquals(curve, RiskCoverage.of(shuffled));
    List<Answer> squared =
        answers.stream()
            .map(a -> new Answer(a.label(), a.predicted(), a.confidence() * a.confidence()))
            .toList();
    assertEquals(curve.area(), RiskCoverage.of(squared).area());
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThrows(IllegalArgumentException.class, () -> RiskCoverage.of(List.of(right(Double.NaN))));
    assertThrows(IllegalArgumentException.class, () -> RiskCoverage.of(List.of()));
    assertThrows(NullPointerException.class, () -> RiskCoverage.of(null));
  }
}
