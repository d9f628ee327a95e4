package io.github.posteriori.uncertainty;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Answers for tests. */
final class Answers {
  private Answers() {}

  static Answer right(double confidence) {
    return new Answer(1, 1, confidence);
  }

  static Answer wrong(double confidence) {
    return new Answer(0, 1, confidence);
  }

  /** Of confidences that are whole thousandths; {@code step} apart, so that some are equal. */
  static List<Answer> random(int count, int step, long seed) {
    Random random = new Random(seed);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double confidence = step * random.nextInt(1000 / step + 1) / 1000.0;
      answers.add(random.nextDouble() < 0.9 * confidence ? right(confidence) : wrong(confidence));
    }
    return answers;
  }
}
