package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlierScoreTest {
  /**
   * Two samples of two images, by hand. The first image: (0.9, 0.1) and (0.5, 0.5), on average
   * (0.7, 0.3), each class with variance 0.04. The second: (0, 1) twice.
   */
  private static Prediction prediction() {
    PredictiveMoments moments = new PredictiveMoments(2, 2);
    moments.add(new double[] {0.9, 0.1, 0, 1});
    moments.add(new double[] {0.5, 0.5, 0, 1});
    return Prediction.of(moments);
  }

  private static double entropy(double p) {
    return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  }

  private static void assertScores(OutlierScore score, double first) {
    assertArrayEquals(new double[] {first, 0}, score.of(prediction()), 1e-12);
  }

  @Test
  void isEntropyOfTheAveragedProbabilities() {
    assertScores(OutlierScore.ENTROPY, entropy(0.7));
  }

  @Test
  void isMutualInformation() {
    assertScores(OutlierScore.MUTUAL_INFORMATION, entropy(0.7) - (entropy(0.9) + entropy(0.5)) / 2);
  }

  @Test
  void isEpistemicUncertaintySummedOverClasses() {
    assertScores(OutlierScore.EPISTEMIC, 2 * 0.04);
  }

  @Test
  void isWhatTheMostProbableClassLeaves() {
    assertScores(OutlierScore.MAX_PROBABILITY, 1 - 0.7);
  }

  @Test
  void givesAValueForEachInOrder() {
    assertEquals(
        List.of(OutlierScore.values()), List.copyOf(OutlierScore.each(score -> score).values()));
  }

  @Test
  void keepsItsShapeForASingleImage() {
    PredictiveMoments one = new PredictiveMoments(1, 3);
    one.add(new double[] {0.2, 0.5, 0.3});
    for (OutlierScore score : OutlierScore.values()) {
      assertEquals(1, score.of(Prediction.of(one)).length, score.name());
    }
  }
}
