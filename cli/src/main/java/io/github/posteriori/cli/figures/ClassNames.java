package io.github.posteriori.cli.figures;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of the classes of the shipped sets. */
public final class ClassNames {
  private static final List<String> LETTERS =
      List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J");
  private static final List<String> CLOTHING =
      List.of(
          "T-shirt",
          "trousers",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot");
  private static final List<String> CIFAR_10 =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** Some neighbouring classes of a set: which of how many parts. */
  private static final Pattern PART =
      Pattern.compile("split([a-z0-9]+)-([1-9][0-9]?)\\.([1-9][0-9]?)");

  private ClassNames() {}

  /**
   * Names a class of the set that the command line calls {@code dataset}, or gives its number. A
   * class of a part is called what it is in the whole set.
   */
  public static String name(String dataset, int label) {
    Matcher part = PART.matcher(dataset);
    if (part.matches()) {
      int classes = part.group(1).equals("cifar100") ? 100 : 10;
      int before = Integer.parseInt(part.group(3)) - 1;
      return name(part.group(1), label + before * (classes / Integer.parseInt(part.group(2))));
    }
    List<String> names =
        switch (dataset) {
          case "letters", "notmnist" -> LETTERS;
          case "fashion" -> CLOTHING;
          case "cifar10" -> CIFAR_10;
          default -> List.of();
        };
    return label < names.size() ? names.get(label) : String.valueOf(label);
  }
}
