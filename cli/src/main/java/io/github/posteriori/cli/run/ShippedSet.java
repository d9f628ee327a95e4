package io.github.posteriori.cli.run;

import io.github.posteriori.data.CifarFolder;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.data.MnistFolder;
import io.github.posteriori.data.Part;
import io.github.posteriori.data.PublishedSet;
import io.github.posteriori.data.SplitMnist;
import io.github.posteriori.names.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A data set that the command line knows by name, in a training and a test part. */
public sealed interface ShippedSet extends ChosenSet {

  @Override
  default ShippedSet whole() {
    return this;
  }

  /** Lists all of them, save the parts of sets other than MNIST. */
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
   * Finds the set of that name.
   *
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  static ShippedSet named(String name) {
    return named("dataset", name);
  }

  /** Finds a set as {@link #named(String)}, for another option than {@code --dataset}. */
  static ShippedSet named(String option, String name) {
    return find(name).orElseGet(() -> Names.find(option, name, all()));
  }

  /** Finds the set of that name, if there is one. */
  static Optional<ShippedSet> find(String name) {
    return all().stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .or(() -> Task.named(name));
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

    /** Draws with fixed seeds, so that a run's own seed does not change its data. */
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

  /**
   * Some neighbouring classes of another set, such as {@code splitdigits-5.1}.
   *
   * @param task which of the parts, from 1
   * @param tasks how many there are
   */
  record Task(String name, ShippedSet whole, int task, int tasks) implements ShippedSet {
    private static final Pattern NAME =
        Pattern.compile("split([a-z0-9]+)-([1-9][0-9]?)\\.([1-9][0-9]?)");

    private static Optional<ShippedSet> named(String name) {
      Matcher split = NAME.matcher(name);
      if (!split.matches() || number(split, 3) > number(split, 2)) {
        return Optional.empty();
      }
      return all().stream()
          .filter(set -> set.name().equals(split.group(1)))
          .<ShippedSet>map(set -> new Task(name, set, number(split, 3), number(split, 2)))
          .findFirst();
    }

    private static int number(Matcher split, int group) {
      return Integer.parseInt(split.group(group));
    }

    @Override
    public Dataset read(Path data, Part part) {
      Dataset all = whole.read(data, part);
      return SplitTask.all(all.classes(), tasks).get(task - 1).of(all);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A set that lies in the folder of data sets. */
  record Published(String name, PublishedSet set) implements ShippedSet {

    @Override
    public ShippedSet whole() {
      return set instanceof SplitMnist ? new Published("mnist", MnistFolder.MNIST) : this;
    }

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
