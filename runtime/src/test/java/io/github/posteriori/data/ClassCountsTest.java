package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassCountsTest {
  private static ClassCounts counts(Integer... counts) {
    return new ClassCounts(List.of(counts));
  }

  @Test
  void countsTheExamplesOfEachClass() {
    Dataset set =
        Dataset.of("own", Shape.features(1), 4, new float[5][1], new int[] {3, 0, 3, 3, 1});
    assertEquals(counts(1, 1, 0, 3), ClassCounts.of(set));
  }

  @Test
  void countsTheExamplesWithoutAndWithEachLabel() {
    float[][] labels = {{0, 1}, {0, 1}, {1, 1}};
    Dataset set =
        Dataset.ofValues("own", Shape.features(1), List.of("a", "b"), new float[3][1], labels);
    assertEquals(List.of(counts(2, 1), counts(0, 3)), ClassCounts.ofLabels(set));
    assertFalse(counts(0, 3).unbalanced(), "a label of all cannot be balanced");
  }

  @Test
  void isUnbalancedFromMoreThanThreeTimesAsManyOn() {
    assertFalse(counts(30, 10, 20).unbalanced());
    assertTrue(counts(31, 10, 20).unbalanced());
    assertFalse(counts(30, 0, 10).unbalanced(), "a class without examples cannot be balanced");
    assertEquals(1, counts(31, 10, 20).rarest());
    assertEquals(2, counts(0, 9, 10).mostCommon());
    assertEquals(1, counts(0, 9, 10).rarest());
  }

  @Test
  void weightsClassesInverselyToTheirNumber() {
    assertEquals(List.of(0.625, 0.0, 2.5), counts(8, 0, 2).balancingWeights());
  }

  @Test
  void refusesASetWithoutExamples() {
    assertThrows(IllegalArgumentException.class, () -> counts(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new ClassCounts(List.of()));
  }
}
