package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Mixture;
import io.github.posteriori.MixtureEvaluator;
import io.github.posteriori.MixtureScore;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Provenance;
import io.github.posteriori.cli.figures.NormalisationNames;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.cli.run.Exchanges;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.RunConfig;
import io.github.posteriori.cli.run.RunData;
import io.github.posteriori.cli.run.RunFolder;
import io.github.posteriori.cli.run.RunLock;
import io.github.posteriori.cli.run.ShippedSet;
import io.github.posteriori.cli.run.SplitTask;
import io.github.posteriori.cli.run.TrainingRun;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "mixture",
    description =
        "Splits the classes of a set into tasks, one network for each, and lets the least uncertain"
            + " network answer. Trains the networks, or takes them from --checkpoint.",
    mixinStandardHelpOptions = true,
    defaultValueProvider = MixtureCommand.Mnist.class)
final class MixtureCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions training;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;

  @Option(
      names = "--checkpoint",
      paramLabel = "F",
      description =
          "a network that knows the classes of one task, in the order of the tasks; one for each")
  private List<Path> checkpoints = List.of();

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description =
          "parts of equally many neighbouring classes: 2 or 5 of ten (default: 2, or one for each"
              + " --checkpoint)")
  private Integer tasks;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "10",
      description = "posterior samples of each network (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for the runs task1, task2 and so on (default: a new one in runs/)")
  private Path out;

  @Option(names = "--overwrite", description = "replace the runs that --out holds")
  private boolean overwrite;

  /** Makes MNIST the default set: its parts are SplitMNIST. */
  static final class Mnist implements IDefaultValueProvider {
    @Override
    public String defaultValue(ArgSpec argument) {
      boolean set =
          argument instanceof OptionSpec option && option.longestName().equals("--dataset");
      return set ? "mnist" : null;
    }
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    if (samples < 1) { // said here, for training comes first
      throw new IllegalArgumentException("samples is " + samples + ", expected at least 1");
    }
    List<BayesModule> trained = checkpoints.isEmpty() ? List.of() : given();
    requireShipped();
    Dataset test = data.test();
    List<Path> files =
        checkpoints.isEmpty() ? train(SplitTask.all(test.classes(), tasks())) : checkpoints;
    List<BayesModule> experts = checkpoints.isEmpty() ? load(files) : trained;
    List<MixtureScore> scores =
        new MixtureEvaluator(Mixture.of(experts), samples, data.batch())
            .evaluate(InputSize.fit(test, experts.get(0)));
    double seconds = (System.nanoTime() - start) * 1e-9;
    for (int i = 0; i < experts.size(); i++) {
      System.out.println(
          "expert " + (i + 1) + " knows " + String.join(", ", experts.get(i).classNames()));
    }
    System.out.printf(
        Locale.ROOT,
        "%d experts, %d samples of each, on %s of %s%n%n%-12s %-12s %10s %14s %22s%n",
        experts.size(),
        samples,
        ExampleWord.count(test),
        test.name(),
        "probability",
        "uncertainty",
        "accuracy",
        "right expert",
        "if always the right");
    for (MixtureScore score : scores) {
      System.out.printf(
          Locale.ROOT,
          "%-12s %-12s %8.2f %% %12.2f %% %20.2f %%%n",
          NormalisationNames.of(score.normalisation()),
          MixtureReport.lower(score.by()),
          100 * score.accuracy(),
          100 * score.rightExpert(),
          100 * score.informedAccuracy());
    }
    json.print(
        () ->
            MixtureReport.of(
                test, Definition.nameOf(experts.get(0)), files, samples, scores, seconds));
    return 0;
  }

  /**
   * Refuses a set of the user's own, or some classes of a set: the parts of one have no names by
   * which to find them.
   */
  private void requireShipped() {
    if (!data.onlyClasses().isEmpty()) {
      throw new IllegalArgumentException(
          "only-classes is "
              + data.onlyClasses()
              + ", but a mixture splits all classes of a set: leave the option out, or train a"
              + " network on these classes with train");
    }
    if (!(data.set() instanceof ShippedSet)) {
      throw new IllegalArgumentException(
          "dataset is "
              + data.set()
              + ", but a mixture splits the classes of a shipped set, expected one of "
              + ShippedSet.all()
              + ": train a network on the whole set with train");
    }
  }

  private int tasks() {
    return tasks == null ? 2 : tasks;
  }

  private List<BayesModule> load(List<Path> files) {
    ModuleOptions options =
        ModuleOptions.defaults().withSeed(data.seed()).withEngine(engine.name());
    Networks networks = training.networks();
    return files.stream().map(file -> networks.load(file, Optional.empty(), options)).toList();
  }

  /** Loads the checkpoints of the command line, with which nothing is trained. */
  private List<BayesModule> given() {
    if (tasks != null && tasks != checkpoints.size()) {
      throw new IllegalArgumentException(
          "tasks is "
              + tasks
              + ", but there are "
              + checkpoints.size()
              + " checkpoints: give one for each task, in their order");
    }
    List<OptionSpec> idle = new ArrayList<>(spec.mixins().get("training").options());
    idle.removeIf(option -> RunOptions.OF_FOUND_NETWORKS.contains(option.longestName()));
    idle.add(spec.findOption("--out"));
    idle.add(spec.findOption("--overwrite"));
    for (OptionSpec option : idle) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option.longestName())) {
        throw new IllegalArgumentException(
            option.longestName()
                + " is about training, but --checkpoint gives networks that are trained: leave one"
                + " of them out");
      }
    }
    List<BayesModule> experts = load(checkpoints);
    requireDifferentParts(experts);
    data.trainedOn(
        checkpoints.get(0) + " and the others",
        whole(experts),
        Optional.empty(),
        Likelihood.categorical());
    return experts;
  }

  private void requireDifferentParts(List<BayesModule> experts) {
    List<ShippedSet> parts = new ArrayList<>();
    for (BayesModule expert : experts) {
      set(expert)
          .ifPresent(
              set -> {
                if (parts.contains(set)) {
                  throw new IllegalArgumentException(
                      "two checkpoints know the classes of "
                          + set
                          + ", expected one network for each part of a set: name each once");
                }
                parts.add(set);
              });
    }
  }

  private static Optional<ShippedSet> set(BayesModule expert) {
    return expert.provenance().map(Provenance::dataset).flatMap(ShippedSet::find);
  }

  /** Names the set that the experts were trained on parts of; empty where it is not one set. */
  private static Optional<String> whole(List<BayesModule> experts) {
    List<Optional<String>> sets =
        experts.stream()
            .map(expert -> set(expert).map(part -> part.whole().name()))
            .distinct()
            .toList();
    return sets.size() == 1 ? sets.get(0) : Optional.empty();
  }

  private List<Path> train(List<SplitTask> parts) {
    String whole = data.set().toString();
    List<RunConfig> configs =
        parts.stream().map(part -> training.config(part.dataset(whole), data, engine)).toList();
    List<Dataset> train = data.train(parts);
    List<Dataset> test = data.test(parts);
    List<TrainingRun> runs =
        IntStream.range(0, parts.size())
            .mapToObj(
                i ->
                    TrainingRun.begin(
                        configs.get(i),
                        training.definition(),
                        new RunData(train.get(i), test.get(i))))
            .toList();
    Path folder = out == null ? ShownRun.newFolder("mixture-" + whole) : out;
    List<Path> places =
        IntStream.rangeClosed(1, runs.size()).mapToObj(i -> folder.resolve("task" + i)).toList();
    places.forEach(place -> RunFolder.requireFree(place, overwrite));
    List<Path> best = new ArrayList<>();
    for (TrainingRun run : runs) {
      Path place = places.get(best.size());
      try (RunLock lock = RunLock.take(place)) {
        RunFolder kept =
            RunFolder.start(lock.folder(), run.config(), training.definition().source(), overwrite);
        TrainingRun.Result result = ShownRun.of(run, kept, Exchanges.here());
        System.err.printf(
            Locale.ROOT,
            "test accuracy in its task %.2f %%%n",
            100 * result.test().figures().get("test_accuracy"));
        best.add(kept.best());
      }
    }
    return best;
  }
}
