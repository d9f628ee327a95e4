package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.data.Batch;
import io.github.posteriori.likelihood.Likelihood;
import org.junit.jupiter.api.Test;

class BatchObjectiveTest {
  private static final int TRAINING_IMAGES = 1000;
  private final Batch batch = new Batch(new float[4], new int[] {0, 2, 1, 2}, 4, 0);
  private final BatchObjective objective =
      new BatchObjective(Likelihood.categorical(), batch, TRAINING_IMAGES / 4.0);

  @Test
  void isTheNumberOfTrainingImagesTimesTheMeanNll() {
    double value = objective.evaluate(0, 4, new float[1][12], new float[1][12]);
    assertEquals(TRAINING_IMAGES * Math.log(3), value, 1e-9);
  }

  @Test
  void weighsEachImageOfTheBatchByItsShareOfTheTrainingImages() {
    float[][] gradients = new float[1][12];
    objective.evaluate(0, 4, new float[1][12], gradients);
    assertEquals(250 * (1 / 3.0 - 1), gradients[0][0], 1e-4);
    assertEquals(250 / 3.0, gradients[0][1], 1e-4);
  }

  @Test
  void isTheSumOfTheSharesOfItsBlocks() {
    float[][] logits = {{1, 2, 3, 0, 1, 0, 4, 4, 1, 0, 0, 9}};
    double whole = objective.evaluate(0, 4, logits, new float[1][12]);
    double first = objective.evaluate(0, 1, new float[][] {{1, 2, 3}}, new float[1][3]);
    double rest =
        objective.evaluate(1, 3, new float[][] {{0, 1, 0, 4, 4, 1, 0, 0, 9}}, new float[1][9]);
    assertEquals(whole, first + rest, 1e-9);
  }

  @Test
  void countsRightAnswers() {
    objective.evaluate(
        0, 4, new float[][] {{5, 0, 0, 0, 5, 0, 0, 5, 0, 0, 0, 5}}, new float[1][12]);
    assertEquals(3, objective.score());
  }
}
