package io.github.posteriori.uncertainty;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The predictions of equal confidence. No threshold separates them, so results computed from tie
 * groups do not depend on the order of the images.
 *
 * @param confidence confidence of each
 * @param count number of predictions, at least 1
 * @param correct number of correct predictions
 */
record TieGroup(double confidence, int count, int correct) {
  /** The tolerance for means of probabilities, which exceed 1 by rounding. */
  private static final double ROUNDING = 1e-6;

  /**
   * Groups predictions by confidence, the most confident first.
   *
   * @throws IllegalArgumentException when there are no predictions, or a confidence is not a
   *     probability
   */
  static List<TieGroup> of(List<Answer> answers) {
    Objects.requireNonNull(answers, "answers is null, expected a list");
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("there are no answers, expected at least one");
    }
    TreeMap<Double, TieGroup> groups = new TreeMap<>(Comparator.reverseOrder());
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      // 0.0 and -0.0 are one confidence, but different keys of the map.
      double confidence = answer.confidence() + 0.0;
      requireProbability(confidence, i);
      groups.merge(confidence, new TieGroup(confidence, 1, answer.right() ? 1 : 0), TieGroup::plus);
    }
    return List.copyOf(groups.values());
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

  private TieGroup plus(TieGroup same) {
    return new TieGroup(confidence, count + same.count, correct + same.correct);
  }
}
