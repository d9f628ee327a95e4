package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.noise.KeyedRandom;
import org.junit.jupiter.api.Test;

/** The digits are worth a convolutional network: what is linear in the pixels falls short. */
class DigitsDifficultyTest {
  private static final int TRAINING = 12_000;
  private static final int TESTING = 2_000;
  private static final int EPOCHS = 20;
  private static final float LEARNING_RATE = 0.02f;

  @Test
  void staysAboveChanceAndBelow93PercentForALinearClassifier() {
    double best = bestTestAccuracy(Digits.digits(TRAINING, 1), Digits.digits(TESTING, 2));

    assertTrue(best < 0.93, "too easy: a linear classifier reaches " + best);
    assertTrue(best > 0.80, "too hard: a linear classifier reaches only " + best);
  }

  /** Softmax regression by stochastic gradient descent, the rate falling linearly to 0. */
  private static double bestTestAccuracy(Dataset train, Dataset test) {
    float[][] weights = new float[10][1024];
    float[] biases = new float[10];
    float[] pixels = new float[1024];
    double best = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      float rate = LEARNING_RATE * (1 - (float) epoch / EPOCHS);
      for (int i : KeyedRandom.of("test", epoch).permutation(TRAINING)) {
        train.image(i, pixels, 0);
        double[] scores = scores(weights, biases, pixels);
        double most = scores[argmax(scores)];
        double sum = 0;
        for (int c = 0; c < 10; c++) {
          scores[c] = Math.exp(scores[c] - most);
          sum += scores[c];
        }
        for (int c = 0; c < 10; c++) {
          float step = rate * (float) ((c == train.label(i) ? 1 : 0) - scores[c] / sum);
          biases[c] += step;
          float[] w = weights[c];
          for (int p = 0; p < 1024; p++) {
            w[p] += step * pixels[p];
          }
        }
      }
      int right = 0;
      for (int i = 0; i < TESTING; i++) {
        test.image(i, pixels, 0);
        right += argmax(scores(weights, biases, pixels)) == test.label(i) ? 1 : 0;
      }
      best = Math.max(best, (double) right / TESTING);
    }
    return best;
  }

  private static double[] scores(float[][] weights, float[] biases, float[] pixels) {
    double[] scores = new double[10];
    for (int c = 0; c < 10; c++) {
      float[] w = weights[c];
      float a = 0;
      float b = 0;
      float d = 0;
      float e = 0;
      for (int p = 0; p < 1024; p += 4) {
        a += w[p] * pixels[p];
        b += w[p + 1] * pixels[p + 1];
        d += w[p + 2] * pixels[p + 2];
        e += w[p + 3] * pixels[p + 3];
      }
      scores[c] = biases[c] + a + b + d + e;
    }
    return scores;
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
