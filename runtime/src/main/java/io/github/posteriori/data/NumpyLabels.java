package io.github.posteriori.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The classes of an array's examples. */
record NumpyLabels(List<String> classNames, int[] labels) {
  /** Classes that may be many only because the examples are few. */
  private static final int FEW_CLASSES = 20;

  /**
   * Reads an array of labels.
   *
   * @param where the array, for messages
   * @throws DataException if it holds something else
   */
  static NumpyLabels read(NpyHeader y, InputStream in, String where) throws IOException {
    int[] n = y.shape();
    if (n.length == 2 && n[1] > 1 && !y.areWords()) {
      return oneHot(n[1], NpyArray.numbers(y, in).values(), where);
    }
    if (y.count() != n[0]) {
      throw DataException.of(
          where,
          "an array of " + Arrays.toString(n),
          "the class of each example, or a row of zeros and a one",
          "Save the classes alone.");
    }
    String[] words = NpyArray.words(y, in);
    List<String> names = names(words, y.areWords());
    boolean fractions =
        y.type().startsWith("f") && names.stream().anyMatch(name -> !name.matches("-?\\d+"));
    if (fractions || names.size() > FEW_CLASSES && names.size() > words.length / 2) {
      throw numbersAreNotLearned(where);
    }
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    return new NumpyLabels(names, Arrays.stream(words).mapToInt(numbers::get).toArray());
  }

  private static List<String> names(String[] words, boolean areWords) {
    Stream<String> distinct = Arrays.stream(words).distinct();
    return areWords
        ? distinct.sorted().toList()
        : distinct
            .sorted(Comparator.comparing(NumpyLabels::value).thenComparing(name -> name))
            .toList();
  }

  private static double value(String name) {
    return switch (name) {
      case "false" -> 0;
      case "true" -> 1;
      default -> Double.parseDouble(name);
    };
  }

  private static NumpyLabels oneHot(int classes, Object values, String where) {
    int examples = values instanceof byte[] b ? b.length : ((float[]) values).length;
    int[] labels = new int[examples / classes];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = -1;
      for (int k = 0; k < classes; k++) {
        float value =
            values instanceof byte[] b ? b[i * classes + k] : ((float[]) values)[i * classes + k];
        if (value == 1 && labels[i] < 0) {
          labels[i] = k;
        } else if (value != 0) {
          throw numbersAreNotLearned(where);
        }
      }
      if (labels[i] < 0) {
        throw numbersAreNotLearned(where);
      }
    }
    return new NumpyLabels(ClassNames.numbers(classes).names(), labels);
  }

  /** Refuses numbers that are no classes, as long as no likelihood regresses them. */
  private static DataException numbersAreNotLearned(String where) {
    return DataException.of(
        where,
        "numbers that are no classes, which would be regressed",
        "the class of each example, or a row of zeros and a one",
        "Save the number of each class, from 0, or its name.");
  }
}
