package io.github.posteriori.examples.run;

import io.github.posteriori.data.CifarFolder;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.data.MnistFolder;
import io.github.posteriori.data.Part;
import io.github.posteriori.data.PublishedSet;
import io.github.posteriori.data.SplitMnist;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A data set that the command line knows by name, in a training and a test part. */
public sealed interface ShippedSet {

  /** What {@code --dataset} calls it. */
  String name();

  /**
   * Reads one part.
   *
   * @param data the folder of data sets
   */
  Dataset read(Path data, Part part);

  /** All of them. */
  static List<ShippedSet> all() {
    return Stream.<ShippedSet>concat(
            Stream.of(
                new Drawn("digits", Digits::digits),
                new Drawn("letters", Digits::letters),
                new Published("mnist", MnistFolder.MNIST),
                new Published("fashion", MnistFolder.FASHION),
                new Published("notmnist", MnistFolder.NOT_MNIST),
                new Published("cifar10", CifarFolder.CIFAR_10),
                new Published("cifar100", CifarFolder.CIFAR_100)),
            SplitMnist.all().stream().map(split -> new Published(split.dataset(), split)))
        .toList();
  }

  /**
   * The set of that name.
   *
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  static ShippedSet named(String name) {
    return named("dataset", name);
  }

  /** As {@link #named(String)}, of what another option than {@code --dataset} says. */
  static ShippedSet named(String option, String name) {
    return Names.find(option, name, all());
  }

  /**
   * A set that the program draws, without files.
   *
   * @param drawing draws so many images of a seed
   */
  record Drawn(String name, Drawing drawing) implements ShippedSet {

    /** Draws {@code count} images named by {@code seed}. */
    @FunctionalInterface
    public interface Drawing {
      Dataset draw(int count, long seed);
    }

    /** The seeds are fixed, so that a run's own seed does not change its data. */
    @Override
    public Dataset read(Path data, Part part) {
      return switch (part) {
        case TRAIN -> drawing.draw(20_000, 20_000);
        case TEST -> drawing.draw(4_000, 20_001);
      };
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A set that lies in the folder of data sets. */
  record Published(String name, PublishedSet set) implements ShippedSet {

    @Override
    public Dataset read(Path data, Part part) {
      return set.read(data, part);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
