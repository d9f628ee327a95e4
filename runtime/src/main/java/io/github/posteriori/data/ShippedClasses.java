package io.github.posteriori.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The classes of the shipped sets, for checkpoints that name their set but not its classes. */
public final class ShippedClasses {
  /** Some neighbouring classes of a set: which of how many parts. */
  private static final Pattern PART =
      Pattern.compile("split([a-z0-9]+)-([1-9][0-9]?)\\.([1-9][0-9]?)");

  private ShippedClasses() {}

  /**
   * Returns the names of the classes of the set that the command line calls {@code dataset}, or of
   * a part of it, such as {@code splitcifar10-5.1}; empty if it is no shipped set.
   */
  public static Optional<List<String>> of(String dataset) {
    Matcher split = PART.matcher(dataset);
    return split.matches()
        ? whole(split.group(1))
            .flatMap(names -> part(names, number(split.group(2)), number(split.group(3))))
        : whole(dataset);
  }

  private static Optional<List<String>> whole(String dataset) {
    return switch (dataset) {
      case "digits" -> Optional.of(Digits.DIGITS);
      case "letters" -> Optional.of(Digits.LETTERS);
      default ->
          Arrays.stream(MnistFolder.values())
              .filter(set -> set.dataset().equals(dataset))
              .map(MnistFolder::classNames)
              .findFirst()
              .or(
                  () ->
                      Arrays.stream(CifarFolder.values())
                          .filter(set -> set.dataset().equals(dataset))
                          .map(CifarFolder::classNames)
                          .findFirst());
    };
  }

  private static Optional<List<String>> part(List<String> names, int parts, int part) {
    int classes = names.size() / parts;
    return names.size() % parts == 0 && part <= parts
        ? Optional.of(names.subList((part - 1) * classes, part * classes))
        : Optional.empty();
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
