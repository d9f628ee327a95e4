package io.github.posteriori.examples.uncertainty;

import java.util.List;

/** What the classes of a set are called. */
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

  private ClassNames() {}

  /** The name of a class of the set that the command line calls {@code dataset}, or its number. */
  public static String name(String dataset, int label) {
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
