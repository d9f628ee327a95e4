package io.github.posteriori.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The number of examples of each class of a set.
 *
 * @param counts by label, each at least 0, in all at least 1
 */
public record ClassCounts(List<Integer> counts) {
  /** How many times as many examples of one class as of another are unbalanced. */
  private static final int UNBALANCED = 3;

  public ClassCounts {
    counts = List.copyOf(counts);
    if (counts.stream().allMatch(count -> count == 0)) {
      throw new IllegalArgumentException(
          "no class has an example, expected at least one: look where the set was read or cut");
    }
  }

  /**
   * Counts the examples of a set.
   *
   * @throws IllegalArgumentException if it has none, or a label is not in [0, classes)
   */
  public static ClassCounts of(Dataset set) {
    int[] counts = new int[set.classes()];
    for (int i = 0; i < set.size(); i++) {
      int label = set.label(i);
      if (label < 0 || label >= counts.length) {
        throw new IllegalArgumentException(
            "example %s of %s has the label %s, expected 0 to %s: number the classes from 0"
                .formatted(i, set.name(), label, counts.length - 1));
      }
      counts[label]++;
    }
    return new ClassCounts(Arrays.stream(counts).boxed().toList());
  }

  /**
   * Counts for each of several labels the examples without it and those with it, as two classes.
   *
   * @param set whose values are 1 where a label holds and 0 where it does not
   * @throws IllegalArgumentException if it has no examples
   */
  public static List<ClassCounts> ofLabels(Dataset set) {
    int[] all = IntStream.range(0, set.size()).toArray();
    Targets.Values values = (Targets.Values) set.targets(all);
    return IntStream.range(0, values.width())
        .mapToObj(
            label -> {
              int with = holds(values, label, all.length);
              return new ClassCounts(List.of(all.length - with, with));
            })
        .toList();
  }

  private static int holds(Targets.Values values, int label, int examples) {
    int with = 0;
    for (int i = 0; i < examples; i++) {
      with += values.values()[i * values.width() + label] > 0.5 ? 1 : 0;
    }
    return with;
  }

  /** Returns the label of the class with the fewest examples, of those that have any. */
  public int rarest() {
    int rarest = mostCommon();
    for (int label = 0; label < counts.size(); label++) {
      boolean rarer = counts.get(label) < counts.get(rarest);
      rarest = counts.get(label) > 0 && rarer ? label : rarest;
    }
    return rarest;
  }

  /** Returns the label of the class with the most examples. */
  public int mostCommon() {
    int most = 0;
    for (int label = 0; label < counts.size(); label++) {
      most = counts.get(label) > counts.get(most) ? label : most;
    }
    return most;
  }

  /** Returns whether one class has more than three times as many examples as another. */
  public boolean unbalanced() {
    return counts.get(mostCommon()) > (long) UNBALANCED * counts.get(rarest());
  }

  /**
   * Returns for each class a weight inversely proportional to its number of examples; their mean
   * over all examples is 1. A class without examples has the weight 0.
   */
  public List<Double> balancingWeights() {
    long examples = counts.stream().mapToLong(Integer::longValue).sum();
    long classes = counts.stream().filter(count -> count > 0).count();
    return counts.stream()
        .map(count -> count == 0 ? 0 : (double) examples / (classes * count))
        .toList();
  }
}
