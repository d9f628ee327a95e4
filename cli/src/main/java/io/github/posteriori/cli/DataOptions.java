package io.github.posteriori.cli;

import io.github.posteriori.cli.run.ShippedSet;
import io.github.posteriori.cli.run.SplitTask;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Downloader;
import io.github.posteriori.data.Part;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that reads a set. */
final class DataOptions {
  private static final int BATCH = 256;

  @Option(
      names = "--dataset",
      paramLabel = "D",
      defaultValue = "digits",
      description =
          "digits, letters, mnist, fashion, notmnist, cifar10, cifar100, splitmnist-2.1 to 2.2 or"
              + " splitmnist-5.1 to 5.5 (default: the set that the checkpoint was trained on; to"
              + " train, ${DEFAULT-VALUE})")
  private String dataset;

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
          "read at most N images of each part of the set, of all classes alike (default: all)")
  private int limit;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "images that are run together (default: "
              + BATCH
              + "; a step of training takes the recipe's)")
  private Integer batch;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "of everything that is drawn at random (default: ${DEFAULT-VALUE})")
  private long seed;

  ShippedSet set() {
    return ShippedSet.named(dataset);
  }

  /**
   * Takes the set that a network was trained on, unless another is asked for, which it says.
   *
   * @param network what to call it
   * @param trained name of the set, if the network's file holds it
   * @throws IllegalArgumentException when no set is asked for, and that one is not known
   */
  void trainedOn(String network, Optional<String> trained) {
    if (command.commandLine().getParseResult().hasMatchedOption("--dataset")) {
      trained
          .filter(name -> !name.equals(dataset))
          .ifPresent(
              name ->
                  System.err.println("the network was trained on " + name + ", not on " + dataset));
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

  /** Takes the folder that a run has read from, unless another is asked for. */
  void readFrom(String folder) {
    if (!command.commandLine().getParseResult().hasMatchedOption("--data")) {
      data = Path.of(folder);
    }
  }

  Dataset train() {
    return read(set(), Part.TRAIN);
  }

  Dataset test() {
    return test(set());
  }

  /** Reads the test images of another set than that of the options. */
  Dataset test(ShippedSet other) {
    return read(other, Part.TEST);
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
          "limit is " + limit + ", expected at least 1, or 0 for all images");
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

  private Dataset read(ShippedSet set, Part part) {
    return limited(whole(set, part));
  }

  private Dataset limited(Dataset all) {
    return limit() == 0 ? all : all.limit(limit());
  }

  private Dataset whole(ShippedSet set, Part part) {
    if (!offline && set.whole() instanceof ShippedSet.Published published) {
      PrintStream log = System.err;
      try (DownloadProgress progress = new DownloadProgress(TrainingProgress.onTerminal(), log)) {
        Downloader.reportingTo(progress).complete(published.set(), data, part);
      }
    }
    return set.read(data, part);
  }
}
