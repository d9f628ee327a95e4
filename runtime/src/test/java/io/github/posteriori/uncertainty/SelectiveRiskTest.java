package io.github.posteriori.uncertainty;

import static io.github.posteriori.uncertainty.Answers.right;
import static io.github.posteriori.uncertainty.Answers.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.uncertainty.RiskCoverage.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectiveRiskTest {
  /** By hand: the risks are 0, 1/2, 1/3 and 2/4, so that 1/3 undercuts 1/2 at higher coverage. */
  @Test
  void leavesOutThresholdsThatAnotherUndercuts() {
    SelectiveRisk risk = SelectiveRisk.of(List.of(right(0.9), wrong(0.8), right(0.6), wrong(0.5)));
    assertEquals(4, risk.examples());
    assertEquals(
        List.of(new Point(0.9, 0.25, 0), new Point(0.6, 0.75, 1 / 3.0), new Point(0.5, 1, 0.5)),
        risk.points());
    assertEquals(0.5, risk.full());
  }

  @Test
  void findsTheHighestCoverageOfARisk() {
    SelectiveRisk risk = SelectiveRisk.of(List.of(right(0.9), wrong(0.8), right(0.6), wrong(0.5)));
    assertEquals(0.9, risk.within(0).orElseThrow().confidence());
    assertEquals(0.9, risk.within(0.33).orElseThrow().confidence());
    assertEquals(0.6, risk.within(0.34).orElseThrow().confidence());
    assertEquals(1, risk.within(1).orElseThrow().coverage());
    assertEquals(Optional.empty(), SelectiveRisk.of(List.of(wrong(0.9), right(0.5))).within(0.4));
  }

  @Test
  void agreesWithTryingEveryThreshold() {
    for (int seed = 0; seed < 10; seed++) {
      List<Answer> answers = Answers.random(150, seed % 2 == 0 ? 1 : 50, seed);
      SelectiveRisk risk = SelectiveRisk.of(answers);
      RiskCoverage curve = RiskCoverage.of(answers);
      for (double willing = 0; willing <= 1; willing += 0.05) {
        double limit = willing;
        double best =
            curve.points().stream()
                .filter(point -> point.risk() <= limit)
                .mapToDouble(Point::coverage)
                .max()
                .orElse(0);
        assertEquals(best, risk.within(willing).map(Point::coverage).orElse(0.0));
      }
    }
  }

  @Test
  void keepsTheEndsOfALongCurve() {
    List<Answer> answers = Answers.random(20_000, 1, 3);
    SelectiveRisk risk = SelectiveRisk.of(answers);
    assertTrue(risk.points().size() <= 200);
    assertEquals(1, risk.points().get(risk.points().size() - 1).coverage());
    double least =
        RiskCoverage.of(answers).points().stream().mapToDouble(Point::risk).min().orElseThrow();
    assertEquals(least, risk.points().get(0).risk());
  }

  @Test
  void refusesPointsThatAreNoCurve() {
    Point point = new Point(0.9, 0.5, 0.1);
    for (List<Point> points :
        List.of(
            List.<Point>of(),
            List.of(point, point),
            List.of(point, new Point(0.8, 1, 0.05)),
            List.of(new Point(0.9, Double.NaN, 0)),
            List.of(new Point(Double.NaN, 1, 0)),
            List.of(new Point(0.9, 1.5, 0)),
            List.of(new Point(0.9, 1, 2)))) {
      assertThrows(IllegalArgumentException.class, () -> new SelectiveRisk(4, points));
    }
    assertThrows(IllegalArgumentException.class, () -> new SelectiveRisk(0, List.of(point)));
    assertThrows(NullPointerException.class, () -> new SelectiveRisk(4, null));
  }
}
