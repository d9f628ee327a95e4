package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MetricsCollectorTest {
  /** Three images, worked out by hand: confidences 0.7 (right), 0.6 (wrong), 1.0 (right). */
  private static Metrics metrics() {
    MetricsCollector collector = new MetricsCollector();
    double[] probabilities = {0.7, 0.3, 0.4, 0.6, 0, 1};
    int[] labels = {0, 0, 1};
    for (int i = 0; i < 3; i++) {
      collector.add(probabilities, 2 * i, 2, labels[i]);
    }
    return collector.metrics();
  }

  @Test
  void countsRightAnswers() {
    assertEquals(2 / 3.0, metrics().accuracy(), 1e-15);
  }

  @Test
  void averagesTheNegativeLogLikelihood() {
    assertEquals(-(Math.log(0.7) + Math.log(0.4)) / 3, metrics().nll(), 1e-12);
  }

  @Test
  void averagesTheBrierScoreOverClasses() {
    assertEquals((2 * 0.09 + 2 * 0.36) / 3, metrics().brier(), 1e-12);
  }

  @Test
  void weighsTheGapOfEachBinOfConfidence() {
    assertEquals((0.3 + 0.6 + 0) / 3, metrics().ece(), 1e-12);
  }

  @Test
  void letsErrorsCancelWithinABinOnly() {
    MetricsCollector collector = new MetricsCollector();
    collector.add(new double[] {0.61, 0.39}, 0, 2, 0);
    collector.add(new double[] {0.61, 0.39}, 0, 2, 1);
    assertEquals(0.11, collector.metrics().ece(), 1e-12);
  }

  @Test
  void survivesAProbabilityOfZero() {
    MetricsCollector collector = new MetricsCollector();
    collector.add(new double[] {0, 1}, 0, 2, 0);
    assertEquals(708, collector.metrics().nll(), 1);
  }
}
