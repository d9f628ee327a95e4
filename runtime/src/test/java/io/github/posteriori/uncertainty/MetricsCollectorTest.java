package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Of three answers each is a bin of its own: gaps 0.3, 0.6 and 0. */
  @Test
  void weighsTheGapOfEachBinOfEqualMass() {
    assertEquals((0.3 + 0.6 + 0) / 3, metrics().adaptiveEce(), 1e-12);
  }

  /** By confidence: 1.0 right, 0.7 right, 0.6 wrong, so the risks are 0, 0 and 1/3. */
  @Test
  void averagesTheRiskOverCoverages() {
    assertEquals((0 + 0 + 1 / 3.0) / 3, metrics().aurc(), 1e-12);
  }

  @Test
  void keepsTheAnswersInTheOrderOfImages() {
    MetricsCollector collector = new MetricsCollector();
    collector.add(new double[] {9, 0.2, 0.5, 0.3}, 1, 3, 2);
    collector.add(new double[] {0.5, 0.5}, 0, 2, 0);
    assertEquals(List.of(new Answer(2, 1, 0.5), new Answer(0, 0, 0.5)), collector.answers());
    assertFalse(collector.answers().get(0).right());
    assertTrue(collector.answers().get(1).right());
  }

  /** A training that diverges is told by its own message, which names the remedy. */
  @Test
  void measuresNothingWhereAProbabilityIsNotANumber() {
    MetricsCollector collector = new MetricsCollector();
    collector.add(new double[] {0.7, 0.3}, 0, 2, 0);
    collector.add(new double[] {Double.NaN, Double.NaN}, 0, 2, 1);
    Metrics metrics = collector.metrics();
    assertEquals(0.5, metrics.accuracy());
    assertEquals(
        new Metrics(0.5, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN), metrics);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void refusesALabelThatIsNoClass(int label) {
    MetricsCollector collector = new MetricsCollector();
    double[] probabilities = {0.7, 0.3, 0.4, 0.6};
    collector.add(probabilities, 0, 2, 0);
    assertEquals(
        "label 1 is " + label + ", expected 0 to 1: number the classes from 0",
        assertThrows(
                IllegalArgumentException.class, () -> collector.add(probabilities, 0, 2, label))
            .getMessage());
    assertEquals(1, collector.answers().size());
  }

  @Test
  void refusesProbabilitiesThatAreNotThere() {
    MetricsCollector collector = new MetricsCollector();
    for (int row : new int[] {-1, 1, 2}) {
      assertEquals(
          "image 0 has its probabilities from position " + row + " on, expected 2 of 2",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> collector.add(new double[] {0.7, 0.3}, row, 2, 0))
              .getMessage());
    }
  }

  @Test
  void refusesToMeasureNoImages() {
    assertEquals(
        "there are no answers, expected at least one",
        assertThrows(IllegalArgumentException.class, () -> new MetricsCollector().metrics())
            .getMessage());
  }
}
