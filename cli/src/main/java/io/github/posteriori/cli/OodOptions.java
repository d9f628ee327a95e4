package io.github.posteriori.cli;

import io.github.posteriori.cli.run.ShippedSet;
import io.github.posteriori.data.Dataset;
import picocli.CommandLine.Option;

/** The option of every command that looks at an out-of-distribution set. */
final class OodOptions {
  @Option(
      names = "--ood",
      paramLabel = "D",
      description =
          "the set from outside, chosen like --dataset (default: letters for digits, cifar100 for"
              + " cifar10, notmnist for those like MNIST, and the other way round)")
  private String ood;

  /** Tells whether the set was asked for, and not only chosen for want of another. */
  boolean stated() {
    return ood != null;
  }

  /** Chooses the set that is out of the distribution of {@code inside}. */
  ShippedSet set(ShippedSet inside) {
    return ood == null
        ? ShippedSet.named(twin(inside.whole().name()))
        : ShippedSet.named("ood", ood);
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
      default ->
          throw new IllegalArgumentException(
              "no set is known to be out of the distribution of "
                  + dataset
                  + ", expected --ood: name a set of images of the same shape");
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
