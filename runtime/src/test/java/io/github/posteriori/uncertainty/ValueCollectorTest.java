package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValueCollectorTest {
  private static ValueDistribution gaussian(double mean, double deviation) {
    return new GaussianMixture(new double[] {mean}, new double[] {deviation});
  }

  @Test
  void measuresErrorsAndIntervals() {
    ValueCollector collector = new ValueCollector();
    // 0.5, 1.8 and 3 deviations from the mean: within all, the widest two, and no interval.
    collector.add(List.of(new ValueAnswer(1, gaussian(0, 2))), 0.25);
    collector.add(List.of(new ValueAnswer(8.2, gaussian(10, 1))), 0.5);
    collector.add(List.of(new ValueAnswer(9, gaussian(0, 3))), 1.5);
    ValueMetrics metrics = collector.metrics();

    assertEquals(0.75, metrics.nll(), 1e-12);
    assertEquals(Math.sqrt((1 + 1.8 * 1.8 + 81) / 3), metrics.rmse(), 1e-12);
    assertEquals(1 / 3.0, metrics.interval(0.5).coverage(), 1e-12);
    assertEquals(1 / 3.0, metrics.interval(0.9).coverage(), 1e-12);
    assertEquals(2 / 3.0, metrics.interval(0.95).coverage(), 1e-12);
    assertEquals(2 * 1.959963984540054 * 2, metrics.interval(0.95).width(), 1e-9);
    assertEquals(3, collector.answers().size());
    double crps = gaussian(0, 2).crps(1) + gaussian(10, 1).crps(8.2) + gaussian(0, 3).crps(9);
    assertEquals(crps / 3, metrics.crps(), 1e-12);
  }

  @Test
  void refusesALevelThatItDidNotMeasure() {
    ValueCollector collector = new ValueCollector();
    assertThrows(IllegalStateException.class, collector::metrics);
    collector.add(List.of(new ValueAnswer(1, gaussian(0, 2))), 0.25);
    assertEquals(
        "the level is 0.8, expected one of [0.5, 0.9, 0.95]",
        assertThrows(IllegalArgumentException.class, () -> collector.metrics().interval(0.8))
            .getMessage());
  }

  @Test
  void measuresEachTargetForItself() {
    ValueCollector collector = new ValueCollector();
    collector.add(
        List.of(new ValueAnswer(1, gaussian(0, 2)), new ValueAnswer(500, gaussian(900, 300))), 7);
    collector.add(
        List.of(new ValueAnswer(3, gaussian(0, 2)), new ValueAnswer(1_000, gaussian(900, 300))), 8);
    assertEquals(7.5, collector.metrics().nll(), 1e-12);
    assertEquals(Math.sqrt(5), collector.metrics(0).rmse(), 1e-12);
    assertEquals(Math.sqrt(85_000), collector.metrics(1).rmse(), 1e-9);
    double nll = Math.log(2 * Math.sqrt(2 * Math.PI)) + (1 + 9) / 4.0 / 4;
    assertEquals(nll, collector.metrics(0).nll(), 1e-12);
  }

  @Test
  void measuresLabels() {
    LabelCollector collector = new LabelCollector();
    assertThrows(IllegalStateException.class, collector::metrics);
    collector.add(
        List.of(
            new LabelAnswer(true, 0.9), new LabelAnswer(true, 0.4), new LabelAnswer(false, 0.2)),
        1);
    collector.add(
        List.of(
            new LabelAnswer(false, 0.7), new LabelAnswer(true, 0.6), new LabelAnswer(false, 0.3)),
        2);
    collector.add(
        List.of(
            new LabelAnswer(false, 0.2), new LabelAnswer(false, 0.5), new LabelAnswer(false, 0.4)),
        3);
    LabelMetrics metrics = collector.metrics();

    assertEquals(2, metrics.nll(), 1e-12);
    // Label 0: right, wrong, right; label 1: wrong, right, wrong; label 2: right, all three.
    assertEquals(6 / 9.0, metrics.accuracy(), 1e-12);
    // F1 of label 0: 1 hit, 1 false; of label 1: 1 hit, 1 false, 1 missed; label 2 has no hit.
    assertEquals((2 / 3.0 + 2 / 4.0 + 0) / 3, metrics.macroF1(), 1e-12);
    // Label 0 ranks perfectly; of label 1, one pair of two is in order; label 2 never holds.
    assertEquals((1 + 0.5) / 2, metrics.macroAuroc(), 1e-12);
  }

  @Test
  void hasNoRankingWhereNoLabelVaries() {
    LabelCollector collector = new LabelCollector();
    collector.add(List.of(new LabelAnswer(true, 0.9)), 1);
    assertTrue(Double.isNaN(collector.metrics().macroAuroc()));
  }

  @Test
  void aLabelIsAChoiceBetweenTwoClasses() {
    assertEquals(new Answer(1, 1, 0.75), new LabelAnswer(true, 0.75).asAnswer());
    assertEquals(new Answer(1, 0, 0.75), new LabelAnswer(true, 0.25).asAnswer());
    assertEquals(new Answer(0, 1, 0.5), new LabelAnswer(false, 0.5).asAnswer());
  }
}
