package io.github.posteriori.cli;

import io.github.posteriori.WarmStart;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.cli.run.EnsembleRun;
import io.github.posteriori.cli.run.Exchanges;
import io.github.posteriori.cli.run.OptimiserChoice;
import io.github.posteriori.cli.run.Recipe;
import io.github.posteriori.cli.run.RunConfig;
import io.github.posteriori.cli.run.RunFolder;
import io.github.posteriori.cli.run.TrainingRun;
import io.github.posteriori.data.ClassCounts;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.networks.ShippedNet;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Runs a training that is shown on standard error while it goes on. */
final class ShownRun {
  private static final String HOW_TO_GO_ON =
      "%nstopped; the epochs that were kept are not lost: go on with train --resume --out %s%n";

  /** Unbalanced labels that are named. */
  private static final int MOST_LABELS = 5;

  private ShownRun() {}

  /** Trains an ensemble to the end and keeps the run in {@code folder}. */
  static TrainingRun.Result of(EnsembleRun run, RunFolder folder, Exchanges exchanges) {
    return run.run(
        folder,
        (index, member, own) -> {
          System.err.printf(Locale.ROOT, "member %d of %d%n", index + 1, run.members());
          return of(member, own, folder.path(), exchanges);
        });
  }

  /** Runs to the end and keeps the run in {@code folder}. */
  static TrainingRun.Result of(TrainingRun run, RunFolder folder, Exchanges exchanges) {
    return of(run, folder, folder.path(), exchanges);
  }

  /**
   * Runs to the end.
   *
   * @param resumable the folder with which to go on if the run is stopped
   */
  private static TrainingRun.Result of(
      TrainingRun run, RunFolder folder, Path resumable, Exchanges exchanges) {
    RunConfig config = run.config();
    PrintStream log = System.err;
    log.printf(
        Locale.ROOT,
        "%s %s%s, on %s of %s, engine %s; into %s%n",
        config.kind(),
        config.net(),
        inference(run),
        ExampleWord.count(run.examples(), run.set()),
        config.dataset(),
        config.engine(),
        folder.path());
    int images = run.set().size();
    log.printf(
        Locale.ROOT,
        "epochs %d, steps %d in each, %s of a step, learning rate %s%n",
        config.epochs(),
        (images + config.batch() - 1) / config.batch(),
        ExampleWord.count(Math.min(config.batch(), images), run.set()),
        config.learning().lr());
    if (config.recipe() == Recipe.DEFAULT && ShippedNet.find(config.net()).isEmpty()) {
      log.printf(
          Locale.ROOT,
          "no recipe is known for %s: it trains as any other network; estimator, activation and"
              + " prior are its own%n",
          config.net());
    }
    run.start().ifPresent(start -> print(start, config, log));
    run.counts()
        .filter(ClassCounts::unbalanced)
        .ifPresent(counts -> printBalance(counts, run, log));
    printBalanceOfLabels(run, log);
    if (run.epochs() > 0) {
      log.printf(Locale.ROOT, "going on after epoch %d of %d%n", run.epochs(), config.epochs());
    }
    Thread advice = new Thread(() -> log.printf(Locale.ROOT, HOW_TO_GO_ON, resumable));
    Runtime.getRuntime().addShutdownHook(advice);
    TrainingRun.Result result;
    try (TrainingProgress progress =
        new TrainingProgress(
            run.epochs(), config.epochs(), run.likelihood(), TrainingProgress.onTerminal(), log)) {
      result = run.run(folder, progress, exchanges);
    } finally {
      forget(advice);
    }
    if (result.last().stopsEarly()) {
      log.printf(
          Locale.ROOT,
          "stopped early, after epoch %d of %d: the validation loss has not fallen for %d epochs%n",
          result.last().epoch(),
          config.epochs(),
          config.patience());
    }
    return result;
  }

  private static void printBalance(ClassCounts counts, TrainingRun run, PrintStream log) {
    int most = counts.mostCommon();
    int least = counts.rarest();
    log.printf(
        Locale.ROOT,
        "unbalanced classes, from %s of %s to %d of %s: %s%n",
        ExampleWord.count(counts.counts().get(most), run.set()),
        run.classNames().get(most),
        counts.counts().get(least),
        run.classNames().get(least),
        weighting(run));
  }

  private static String weighting(TrainingRun run) {
    return run.config().balance()
        ? "the loss weights them"
        : "with --balance the loss weights them, so that the rare ones count as much";
  }

  /** Names the labels that few examples have, or that few lack, the rarest side first. */
  private static void printBalanceOfLabels(TrainingRun run, PrintStream log) {
    List<String> unbalanced =
        run.labelCounts().entrySet().stream()
            .filter(label -> label.getValue().unbalanced())
            .sorted(Comparator.comparing(label -> fewer(label.getValue())))
            .map(label -> label.getKey() + " with " + label.getValue().counts().get(1))
            .toList();
    if (!unbalanced.isEmpty()) {
      int more = unbalanced.size() - MOST_LABELS;
      log.printf(
          Locale.ROOT,
          "unbalanced labels of %s, %s%s: %s%n",
          ExampleWord.count(run.set().size(), run.set()),
          String.join(", ", unbalanced.subList(0, Math.min(MOST_LABELS, unbalanced.size()))),
          more > 0 ? " and " + more + " more" : "",
          weighting(run));
    }
  }

  private static int fewer(ClassCounts counts) {
    return counts.counts().get(counts.rarest());
  }

  private static void print(WarmStart.Report start, RunConfig config, PrintStream log) {
    Path from = Path.of(config.from().orElseThrow());
    if (start.uncalibrated()) {
      LostCalibration.tell(
          from, "the weights before this training", "calibrate what it leaves", log);
    }
    log.printf(Locale.ROOT, "from %s: %s%n", from, String.join(", ", start.taken()));
    start
        .anew()
        .forEach((layer, why) -> log.printf(Locale.ROOT, "%s starts anew: %s%n", layer, why));
    if (!start.unused().isEmpty()) {
      log.printf(Locale.ROOT, "not used: %s%n", String.join(", ", start.unused()));
    }
  }

  private static void forget(Thread advice) {
    try {
      Runtime.getRuntime().removeShutdownHook(advice);
    } catch (IllegalStateException ignored) {
      // The program is being stopped, and the advice on its way.
    }
  }

  /** Names a folder in {@code runs/} that no run has yet, but for one of the same second. */
  static Path newFolder(String name) {
    String time =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    return Path.of("runs", name + "-" + time);
  }

  private static String inference(TrainingRun run) {
    RunConfig config = run.config();
    if (run.estimator() == Estimator.POINT) {
      return ", point estimate" + explained(run);
    }
    String tempered = config.training().beta().isElbo() ? "" : " (a tempered posterior)";
    String optimiser = config.learning().optimiser() == OptimiserChoice.IVON ? ", IVON" : "";
    return ", "
        + run.estimator()
        + optimiser
        + ", beta "
        + config.learning().beta()
        + tempered
        + explained(run);
  }

  /** Says how numbers are explained; classes always by the categorical likelihood. */
  private static String explained(TrainingRun run) {
    return run.likelihood().kind() == TargetKind.CLASSES
        ? ""
        : ", likelihood " + run.likelihood().name();
  }
}
