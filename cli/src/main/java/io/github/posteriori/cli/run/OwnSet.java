package io.github.posteriori.cli.run;

import io.github.posteriori.data.DataException;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.NumpyFile;
import io.github.posteriori.data.Part;
import io.github.posteriori.data.PictureFolder;
import io.github.posteriori.data.Split;
import io.github.posteriori.data.Table;
import io.github.posteriori.data.TableColumns;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.data.TargetReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A set of the user's own: a folder of pictures, a table, or a file of arrays. What has no test
 * part is split by seed, a tenth of each class or of all, unless it is to be measured whole.
 */
public final class OwnSet implements ChosenSet {
  private static final double TEST = 0.1;
  private static final int FEWEST = 10;

  private final Path path;
  private final Reading reading;
  private Parts parts;

  /**
   * How a set is read.
   *
   * @param seed by which a test part is held out
   * @param whole whether none is, because no network has learned from the rest
   * @param columns what the user says of a table
   * @param schema how a table was read before; where it is known, columns are not asked
   * @param targets how the targets of arrays are read
   */
  public record Reading(
      long seed,
      boolean whole,
      TableColumns columns,
      Optional<TableSchema> schema,
      TargetReading targets) {}

  /** The parts of a set, and what of it was not read. */
  private record Parts(
      Dataset train,
      Optional<Dataset> valid,
      Dataset test,
      Optional<TableSchema> schema,
      List<String> skipped) {}

  private OwnSet(Path path, Reading reading) {
    this.path = path.toAbsolutePath().normalize();
    this.reading = reading;
  }

  /** Finds the folder or file that a user names; empty if there is none. */
  public static Optional<OwnSet> at(Path path, Reading reading) {
    return Files.exists(path) ? Optional.of(new OwnSet(path, reading)) : Optional.empty();
  }

  /**
   * Finds a set again.
   *
   * @param targets how the targets of arrays are read
   * @throws DataException when it is gone
   */
  public static OwnSet again(SavedSource source, TargetReading targets) {
    Path path = Path.of(source.path());
    TableColumns said = new TableColumns("");
    return at(path, new Reading(source.seed(), false, said, source.table(), targets))
        .orElseThrow(
            () ->
                new DataException(
                    path
                        + ": found nothing, expected the data that the network was trained on."
                        + " Name where they are with --dataset."));
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public String label() {
    return path.getNameCount() == 0 ? "data" : path.getFileName().toString();
  }

  @Override
  public Dataset read(Path data, Part part) {
    return switch (part) {
      case TRAIN -> parts().train;
      case TEST -> parts().test;
    };
  }

  @Override
  public Optional<Dataset> valid() {
    return parts().valid;
  }

  @Override
  public Optional<SavedSource> source() {
    return Optional.of(new SavedSource(name(), reading.seed, parts().schema));
  }

  /** What was not read, for each a message that says which file or row and why. */
  public List<String> skipped() {
    return parts().skipped;
  }

  private Parts parts() {
    if (parts == null) {
      parts = requireKnownClasses(readParts());
    }
    return parts;
  }

  private Parts readParts() {
    if (Files.isDirectory(path)) {
      return folder();
    }
    if (Table.isOne(path)) {
      Table table =
          reading.schema.isPresent()
              ? Table.read(path, reading.schema.get())
              : Table.read(path, reading.columns);
      List<String> skipped = new ArrayList<>();
      table.leftOut().forEach((column, why) -> skipped.add(column + ": " + why));
      skipped.addAll(table.skipped());
      return parts(table, Optional.empty(), Optional.empty(), Optional.of(table.schema()), skipped);
    }
    if (NumpyFile.isOne(path)) {
      NumpyFile arrays = NumpyFile.open(path, reading.targets);
      return parts(arrays.train(), arrays.valid(), arrays.test(), Optional.empty(), List.of());
    }
    throw new DataException(
        path
            + ": found a file of another kind, expected a folder of pictures, a .csv or an .npz"
            + " file. Give it the ending of its kind.");
  }

  private Parts folder() {
    Optional<Path> train = part("train");
    if (train.isEmpty()) {
      PictureFolder all = PictureFolder.of(path);
      return parts(all, Optional.empty(), Optional.empty(), Optional.empty(), reasons(all));
    }
    PictureFolder learnt = PictureFolder.of(train.get());
    Optional<PictureFolder> valid = part("valid").or(() -> part("val")).map(PictureFolder::of);
    Optional<PictureFolder> test = part("test").map(PictureFolder::of);
    List<String> skipped =
        Stream.of(Optional.of(learnt), valid, test)
            .flatMap(Optional::stream)
            .flatMap(folder -> reasons(folder).stream())
            .toList();
    return parts(
        learnt,
        valid.map(Dataset.class::cast),
        test.map(Dataset.class::cast),
        Optional.empty(),
        skipped);
  }

  /** Returns a part's folder. One of pictures alone is that of a class with such a name. */
  private Optional<Path> part(String name) {
    Path part = path.resolve(name);
    if (!Files.isDirectory(part)) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(part)) {
      return entries.anyMatch(Files::isDirectory) || !name.equals("train")
          ? Optional.of(part)
          : Optional.empty();
    } catch (java.io.IOException e) {
      throw new DataException(
          part + ": found that it cannot be read (" + e + "), expected a folder. Check the path.",
          e);
    }
  }

  private static List<String> reasons(PictureFolder folder) {
    return folder.skipped().stream().map(folder::reason).toList();
  }

  private Parts parts(
      Dataset train,
      Optional<Dataset> valid,
      Optional<Dataset> test,
      Optional<TableSchema> schema,
      List<String> skipped) {
    if (!reading.whole && train.targetNames().isEmpty()) {
      requireClasses(train);
    }
    if (test.isPresent()) {
      return new Parts(train, valid, test.get(), schema, skipped);
    }
    if (reading.whole) {
      return new Parts(train, valid, train, schema, skipped);
    }
    if (train.size() < FEWEST) {
      throw new DataException(
          path
              + ": found "
              + train.size()
              + " examples, expected at least "
              + FEWEST
              + ", of which a tenth is held out to test with. Add examples, or a test part.");
    }
    Split split = train.splitEachClass(TEST, reading.seed);
    return new Parts(split.train(), valid, split.valid(), schema, skipped);
  }

  private void requireClasses(Dataset train) {
    if (train.classes() < 2) {
      throw new DataException(
          path
              + ": found one class alone, '"
              + train.classNames().get(0)
              + "', expected at least two. Add examples of what is to be told from it.");
    }
  }

  private Parts requireKnownClasses(Parts read) {
    Stream.concat(read.valid.stream(), Stream.of(read.test))
        .flatMap(part -> part.classNames().stream())
        .filter(name -> !read.train.classNames().contains(name))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new DataException(
                  path
                      + ": found the class '"
                      + unknown
                      + "' in another part, expected only those of the training part "
                      + read.train.classNames()
                      + ". Add examples of it there, or remove it.");
            });
    return read;
  }

  @Override
  public String toString() {
    return name();
  }
}
