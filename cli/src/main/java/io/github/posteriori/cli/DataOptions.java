package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Provenance;
import io.github.posteriori.cli.run.ChosenSet;
import io.github.posteriori.cli.run.HeldOut;
import io.github.posteriori.cli.run.OwnSet;
import io.github.posteriori.cli.run.Recipe;
import io.github.posteriori.cli.run.RunData;
import io.github.posteriori.cli.run.SavedSource;
import io.github.posteriori.cli.run.ShippedSet;
import io.github.posteriori.cli.run.SplitTask;
import io.github.posteriori.cli.run.TargetLikelihood;
import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.DataException;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Downloader;
import io.github.posteriori.data.Part;
import io.github.posteriori.data.Split;
import io.github.posteriori.data.TableColumns;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.data.TargetReading;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that reads a set. */
final class DataOptions {
  private static final int BATCH = 256;

  /** What names of shipped sets do not have. */
  private static final Pattern PATH = Pattern.compile("[/\\\\]|\\.(csv|tsv|npz)$");

  @Option(
      names = "--dataset",
      paramLabel = "D",
      defaultValue = "digits",
      description =
          "digits, letters, mnist, fashion, notmnist, cifar10, cifar100, splitmnist-2.1 to 2.2 or"
              + " splitmnist-5.1 to 5.5; or a path: a folder with one of pictures for each class,"
              + " also below train/, valid/ and test/, a .csv or an .npz file (default: the set"
              + " that the checkpoint was trained on; to train, ${DEFAULT-VALUE})")
  private String dataset;

  @Mixin private ClassOptions classes;
  @Mixin private TargetOptions target;

  private ChosenSet chosen;
  private boolean other;

  /** The sets of which it is said what they leave out. */
  private final Set<ChosenSet> shown = new HashSet<>();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description =
          "folder that holds MNIST/, FashionMNIST/, notMNIST/, cifar-10-batches-bin/ and"
              + " cifar-100-binary/; what is missing is downloaded into it (default:"
              + " ${DEFAULT-VALUE})")
  private Path data;

  @Option(names = "--offline", description = "download nothing; what is missing is an error")
  private boolean offline;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "read at most N examples of each part of the set, of all classes alike (default: all)")
  private int limit;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "examples that are run together (default: "
              + BATCH
              + "; a step of training takes the recipe's)")
  private Integer batch;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "of everything that is drawn at random (default: ${DEFAULT-VALUE})")
  private long seed;

  ChosenSet set() {
    if (chosen == null) {
      chosen = find("dataset", dataset, false, Optional.empty(), target.reading());
    }
    return chosen;
  }

  /** What the user says of a table's columns. */
  TableColumns columns() {
    return target.columns();
  }

  /** The names of the classes that the user asks for; empty for all. */
  List<String> onlyClasses() {
    return classes.asked();
  }

  /** The options that name classes, target and likelihood as the user does, each behind a blank. */
  String target() {
    return named("--only-classes", classes.asked())
        + named("--target", target.names())
        + likelihood().map(name -> " --likelihood " + name).orElse("");
  }

  private static String named(String option, List<String> values) {
    String names = String.join(",", values);
    boolean plain = names.matches("[\\p{L}\\p{N}_.,-]*");
    String written = plain ? names : "'" + names.replace("'", "'\\''") + "'";
    return names.isEmpty() ? "" : " " + option + " " + written;
  }

  /** The name of the likelihood that the user states for a training. */
  Optional<String> likelihood() {
    return target.likelihood();
  }

  /**
   * Finds a set by its name or path.
   *
   * @param whole whether a set of the user's own that has no test part is measured whole
   * @param schema how a table is read, if that is settled
   * @param reading how the targets of arrays are read
   */
  private ChosenSet find(
      String option,
      String written,
      boolean whole,
      Optional<TableSchema> schema,
      TargetReading reading) {
    return ShippedSet.find(written)
        .<ChosenSet>map(set -> set)
        .or(() -> own(written, new OwnSet.Reading(seed, whole, columns(), schema, reading)))
        .orElseGet(() -> shipped(option, written));
  }

  private static ShippedSet shipped(String option, String written) {
    try {
      return ShippedSet.named(option, written);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; or the path of a folder of pictures, a .csv or an .npz file", e);
    }
  }

  private Optional<OwnSet> own(String written, OwnSet.Reading reading) {
    boolean path = PATH.matcher(written).find();
    Optional<OwnSet> found = OwnSet.at(Path.of(written), reading);
    if (path && found.isEmpty()) {
      throw new DataException(
          written
              + ": found nothing there, expected a folder of pictures, a .csv or an .npz file."
              + " Check the path.");
    }
    return found;
  }

  /** Takes the set that the network in a checkpoint was trained on, unless another is named. */
  void trainedOn(CheckpointOptions checkpoint, BayesModule module) {
    trainedOn(
        checkpoint.file().toString(),
        module.provenance().map(Provenance::dataset),
        SavedSource.of(checkpoint.file()),
        module);
  }

  /**
   * Takes the set that a network was trained on, unless another is asked for, which it says. A set
   * of the user's own that it was not trained on is measured whole if it has no test part.
   *
   * @param network what to call it
   * @param trained name of the set, if the network's file holds it
   * @param source where a set of the user's own was, and how it was read
   * @param module the network, of whose classes the set it was trained on keeps the examples
   * @throws IllegalArgumentException when no set is asked for, and that one is not known
   */
  void trainedOn(
      String network, Optional<String> trained, Optional<SavedSource> source, BayesModule module) {
    classes.known(module.classNames());
    trainedOn(network, trained, source, module.likelihood());
  }

  /** Takes the set as {@link #trainedOn(String, Optional, Optional, BayesModule)}, whole. */
  void trainedOn(
      String network,
      Optional<String> trained,
      Optional<SavedSource> source,
      Likelihood likelihood) {
    TargetReading reading = TargetLikelihood.reading(likelihood);
    if (command.commandLine().getParseResult().hasMatchedOption("--dataset")) {
      ChosenSet asked = find("dataset", dataset, true, source.flatMap(SavedSource::table), reading);
      chosen =
          source.filter(s -> s.path().equals(asked.name())).isPresent()
              ? OwnSet.again(source.get(), reading)
              : asked;
      Optional<String> known = source.map(SavedSource::path).or(() -> trained);
      other = !known.equals(Optional.of(asked.name()));
      known
          .filter(name -> other)
          .ifPresent(
              name ->
                  System.err.println("the network was trained on " + name + ", not on " + dataset));
      return;
    }
    if (source.isPresent()) {
      chosen = OwnSet.again(source.get(), reading);
      return;
    }
    String found =
        trained
            .map(name -> " was trained on '" + name + "', which the command line does not know")
            .orElse(" does not say which set it was trained on");
    dataset =
        trained
            .flatMap(ShippedSet::find)
            .map(ShippedSet::name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        network
                            + found
                            + ", expected --dataset: name a set of its classes, one of "
                            + ShippedSet.all()));
  }

  /** Returns whether the set is another one than that of the training, as far as that is known. */
  boolean isOther() {
    return other;
  }

  /** Takes the folder that a run has read from, unless another is asked for. */
  void readFrom(String folder) {
    if (!command.commandLine().getParseResult().hasMatchedOption("--data")) {
      data = Path.of(folder);
    }
  }

  /** Says what a run learns from, as far as it is known without reading a shipped set. */
  Recipe.Examples examples() {
    if (set() instanceof OwnSet) {
      Dataset train = train();
      return new Recipe.Examples(train.size(), train.shape() instanceof Shape.Features);
    }
    return limit() == 0 ? Recipe.Examples.ALL : new Recipe.Examples(limit(), false);
  }

  /** Reads what a run learns from, and shows what of a set of the user's own was read. */
  RunData ofRun() {
    Dataset train = train();
    classes.requireSeveral(train);
    Optional<Dataset> valid = set().valid().map(this::kept).map(this::limited);
    RunData data = new RunData(train, valid, test(), set().source());
    if (set() instanceof OwnSet own) {
      ReadTable.print(own, data, System.err);
    }
    return data;
  }

  Dataset train() {
    return limited(kept(whole(set(), Part.TRAIN)));
  }

  Dataset test() {
    return limited(kept(whole(set(), Part.TEST)));
  }

  /** Reads what a training on the set held out. */
  Dataset heldOut(HeldOut training) {
    return split(training).valid();
  }

  /** Reads what a training on the set learned from, and what it held out. */
  Split split(HeldOut training) {
    Split split = training.split(kept(whole(set(), Part.TRAIN)), set().valid().map(this::kept));
    return new Split(limited(split.train()), limited(split.valid()));
  }

  /** Reads the test images of the set from outside, or all if it has no test part. */
  Dataset outside(OodOptions ood) {
    Optional<TableSchema> schema =
        set().source().flatMap(SavedSource::table).map(TableSchema::withoutTarget);
    String name = ood.required(set());
    Dataset outside =
        name.equals(OodOptions.UNKNOWN_CLASSES)
            ? classes.unknown(whole(set(), Part.TEST), this::numbered)
            : whole(find("ood", name, true, schema, TargetReading.BY_CONTENT), Part.TEST);
    return limited(outside);
  }

  /** Reads each task's classes of the training images; the limit counts the images of a task. */
  List<Dataset> train(List<SplitTask> tasks) {
    return split(Part.TRAIN, tasks);
  }

  /** Reads each task's classes of the test images; the limit counts the images of a task. */
  List<Dataset> test(List<SplitTask> tasks) {
    return split(Part.TEST, tasks);
  }

  /** Reads the set once: the tasks share its pixels. */
  private List<Dataset> split(Part part, List<SplitTask> tasks) {
    Dataset whole = whole(set(), part);
    return tasks.stream().map(task -> limited(task.of(whole))).toList();
  }

  /** The folder of the sets, from the root on, so that a saved run finds it from anywhere. */
  String folder() {
    return data.toAbsolutePath().normalize().toString();
  }

  int limit() {
    if (limit < 0) {
      throw new IllegalArgumentException(
          "limit is " + limit + ", expected at least 1, or 0 for all");
    }
    return limit;
  }

  int batch() {
    return batch(BATCH);
  }

  /** Returns the stated batch, or {@code otherwise}. */
  int batch(int otherwise) {
    int images = batch == null ? otherwise : batch;
    if (images < 1) {
      throw new IllegalArgumentException("batch is " + images + ", expected at least 1");
    }
    return images;
  }

  long seed() {
    return seed;
  }

  private Dataset kept(Dataset part) {
    return classes.kept(part, this::numbered, !other);
  }

  /** Numbers the classes of a part, which may lack some, as the part to learn from does. */
  private Dataset numbered(Dataset part) {
    Dataset first = set() instanceof OwnSet ? set().read(data, Part.TRAIN) : part;
    return part.matching(ClassNames.of(first).names());
  }

  private Dataset limited(Dataset all) {
    return limit() == 0 ? all : all.limit(limit());
  }

  private Dataset whole(ChosenSet set, Part part) {
    if (!offline && set.whole() instanceof ShippedSet.Published published) {
      PrintStream log = System.err;
      try (DownloadProgress progress = new DownloadProgress(TrainingProgress.onTerminal(), log)) {
        Downloader.reportingTo(progress).complete(published.set(), data, part);
      }
    }
    Dataset read = set.read(data, part);
    if (set instanceof OwnSet own && shown.add(own)) {
      ReadTable.printLeftOut(own, System.err);
    }
    return read;
  }
}
