package io.github.posteriori.uncertainty;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The answers of one confidence. No threshold tells them apart, so what is computed from levels
 * does not depend on the order of the images.
 *
 * @param confidence of each
 * @param count how many there are, at least 1
 * @param right how many of them are right
 */
record Level(double confidence, int count, int right) {
  /** Means of probabilities exceed 1 by rounding. */
  private static final double ROUNDING = 1e-6;

  /**
   * All levels, the most confident first.
   *
   * @throws IllegalArgumentException when there are no answers, or a confidence is no probability
   */
  static List<Level> of(List<Answer> answers) {
    Objects.requireNonNull(answers, "answers is null, expected a list");
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("there are no answers, expected at least one");
    }
    TreeMap<Double, Level> levels = new TreeMap<>(Comparator.reverseOrder());
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      // 0.0 and -0.0 are one confidence; the map would tell them apart.
      double confidence = answer.confidence() + 0.0;
      requireProbability(confidence, i);
      levels.merge(confidence, new Level(confidence, 1, answer.right() ? 1 : 0), Level::plus);
    }
    return List.copyOf(levels.values());
  }

  private static void requireProbability(double confidence, int position) {
    if (!(confidence >= 0 && confidence <= 1 + ROUNDING)) {
      throw new IllegalArgumentException(
          "the confidence at position "
              + position
              + " is "
              + confidence
              + ", expected a probability from 0 to 1: take that of the most probable class");
    }
  }

  private Level plus(Level same) {
    return new Level(confidence, count + same.count, right + same.right);
  }
}
