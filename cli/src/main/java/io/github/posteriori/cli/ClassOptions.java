package io.github.posteriori.cli;

import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.Dataset;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/**
 * Which classes of a set are read: those that the user asks for; else, of the set that a network
 * was trained on, those that the network knows.
 *
 * <p>A part of a set may lack some of its classes, so the parts may number them differently: the
 * {@code numbering} of a part gives each class the number that it has in the training part.
 */
final class ClassOptions {
  @Option(
      names = "--only-classes",
      paramLabel = "CLASS",
      split = ",",
      description =
          "keep the examples of these classes alone, by name, or by number where the set has no"
              + " names (default: to train, all; of the set that a network was trained on, those"
              + " that it knows)")
  private List<String> asked = List.of();

  /** The classes that the network knows; empty before there is one. */
  private List<String> known = List.of();

  /** Whether it is said that classes are left out. */
  private boolean told;

  /** The names of the classes that the user asks for; empty for all. */
  List<String> asked() {
    return asked;
  }

  /** Takes the names of the classes that the network knows. */
  void known(List<String> names) {
    known = names;
  }

  /**
   * Takes from a part of a set what is read of it.
   *
   * @param trainedOn whether the network, if there is one, was trained on the set
   */
  Dataset kept(Dataset part, UnaryOperator<Dataset> numbering, boolean trainedOn) {
    if (!asked.isEmpty()) {
      return numbering.apply(part).onlyClasses(part.name(), asked);
    }
    if (!trainedOn || known.isEmpty() || !part.targetNames().isEmpty()) {
      return part;
    }
    Dataset numbered = numbering.apply(part);
    List<String> all = numbered.classNames();
    if (known.size() >= all.size() || !all.containsAll(known)) {
      return part;
    }
    if (!told) {
      told = true;
      System.err.println(
          "the network knows %s of the %s classes of %s; examples of the others are left out"
              .formatted(known.size(), all.size(), part.name()));
    }
    return numbered.onlyClasses(part.name(), known);
  }

  /**
   * Takes from a part of a set the examples of the classes that the network does not know.
   *
   * @throws IllegalArgumentException when it knows all of them, or others
   */
  Dataset unknown(Dataset part, UnaryOperator<Dataset> numbering) {
    Dataset numbered = numbering.apply(part);
    List<String> all = numbered.classNames();
    List<String> unknown = all.stream().filter(name -> !known.contains(name)).toList();
    if (unknown.isEmpty() || !all.containsAll(known)) {
      throw new IllegalArgumentException(
          "ood is %s, but of the classes of %s the network knows %s, expected some of them: train it with --only-classes"
              .formatted(
                  OodOptions.UNKNOWN_CLASSES,
                  part.name(),
                  unknown.isEmpty() ? "all" : new ClassNames(known)));
    }
    return numbered.onlyClasses(OodOptions.UNKNOWN_CLASSES, unknown);
  }

  /**
   * Refuses to learn one class alone.
   *
   * @throws IllegalArgumentException when the user asks for one
   */
  void requireSeveral(Dataset train) {
    if (!asked.isEmpty() && train.classes() < 2) {
      throw new IllegalArgumentException(
          "only-classes is "
              + asked.get(0)
              + ", expected at least two classes to learn: name another");
    }
  }
}
