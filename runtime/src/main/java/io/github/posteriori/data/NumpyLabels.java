package io.github.posteriori.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The classes of an array's examples. */
record NumpyLabels(List<String> classNames, int[] labels) {
  /** Classes that may be many only because the examples are few. */
  private static final int FEW_CLASSES = 20;

  /**
   * Reads an array of labels.
   *
   * @return the labels; empty if the numbers are those of no classes
   * @param where the array, for messages
   * @throws DataException if it holds something else
   */
  static Optional<NumpyLabels> read(NpyHeader y, InputStream in, String where) throws IOException {
    int[] n = y.shape();
    if (n.length == 2 && n[1] > 1 && !y.areWords()) {
      return oneHot(n[1], NpyArray.numbers(y, in).values());
    }
    if (y.count() != n[0]) {
      throw DataException.of(
          where,
          "an array of " + Arrays.toString(n),
          "the class of each example, a row of zeros and a one, or one number or several",
          "Save the targets alone.");
    }
    String[] words = NpyArray.words(y, in);
    List<String> names = names(words, y.areWords());
    boolean fractions =
        y.type().startsWith("f") && names.stream().anyMatch(name -> !name.matches("-?\\d+"));
    boolean many = names.size() > FEW_CLASSES && names.size() > words.length / 2;
    if (many && y.areWords()) {
      throw DataException.of(
          where,
          names.size() + " different words of " + words.length + " examples",
          "classes, which repeat",
          "Save the class of each example.");
    }
    if (fractions || many) {
      return Optional.empty();
    }
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    return Optional.of(
        new NumpyLabels(names, Arrays.stream(words).mapToInt(numbers::get).toArray()));
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

  private static Optional<NumpyLabels> oneHot(int classes, Object values) {
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
          return Optional.empty();
        }
      }
      if (labels[i] < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new NumpyLabels(ClassNames.numbers(classes).names(), labels));
  }
}
