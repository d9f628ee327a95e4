package io.github.posteriori.cli;

import io.github.posteriori.cli.run.ChosenSet;
import io.github.posteriori.cli.run.ShippedSet;
import io.github.posteriori.data.Dataset;
import picocli.CommandLine.Option;

/** The option of every command that looks at an out-of-distribution set. */
final class OodOptions {
  /** Stands for the classes of the set itself that a network does not know. */
  static final String UNKNOWN_CLASSES = "unknown-classes";

  @Option(
      names = "--ood",
      paramLabel = "D",
      description =
          "the set from outside, chosen like --dataset; or unknown-classes: the test examples of"
              + " the set whose classes the network does not know, because --only-classes left them"
              + " out (default: letters for digits, cifar100 for cifar10, notmnist for those like"
              + " MNIST, and the other way round)")
  private String ood;

  /** Tells whether the set was asked for, and not only chosen for want of another. */
  boolean stated() {
    return ood != null;
  }

  /** Tells whether there is a set that is known to be out of the distribution of another. */
  static boolean hasTwin(ChosenSet inside) {
    return inside instanceof ShippedSet;
  }

  /**
   * Names the set that is out of the distribution of {@code inside}; blank where none is asked for
   * or known.
   *
   * @throws IllegalArgumentException when none is known of a shipped set
   */
  String name(ChosenSet inside) {
    if (ood != null) {
      return ood;
    }
    return hasTwin(inside) ? twin(inside.whole().name()) : "";
  }

  /**
   * Names the set as {@link #name} does.
   *
   * @throws IllegalArgumentException where none is asked for or known
   */
  String required(ChosenSet inside) {
    String name = name(inside);
    if (name.isEmpty()) {
      throw unknown(inside.name());
    }
    return name;
  }

  private static IllegalArgumentException unknown(String dataset) {
    return new IllegalArgumentException(
        "no set is known to be out of the distribution of "
            + dataset
            + ", expected --ood: name a set of images of the same shape");
  }

  /** Names a set of images of the same shape, of other things. */
  private static String twin(String dataset) {
    return switch (dataset) {
      case "digits" -> "letters";
      case "letters" -> "digits";
      case "cifar10" -> "cifar100";
      case "cifar100" -> "cifar10";
      case "notmnist" -> "mnist";
      case "mnist", "fashion" -> "notmnist";
      default -> throw unknown(dataset);
    };
  }

  /** Refuses sets of two shapes, before the first is measured, which takes a while. */
  static void requireOneShape(Dataset inside, Dataset outside) {
    if (!outside.shape().equals(inside.shape())) {
      throw new IllegalArgumentException(
          "the images of "
              + outside.name()
              + " are "
              + outside.shape()
              + ", expected "
              + inside.shape()
              + " like those of "
              + inside.name()
              + ": choose another --ood");
    }
  }
}
