package io.github.posteriori.examples.cli;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.examples.run.RunConfig;
import io.github.posteriori.examples.run.RunFolder;
import io.github.posteriori.examples.run.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description =
        "Trains a network and measures it: BayesLeNet with LRT on drawn digits, unless told otherwise.",
    mixinStandardHelpOptions = true,
    defaultValueProvider = ConfigFile.class)
final class TrainCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;

  @Option(
      names = ConfigFile.OPTION,
      paramLabel = "FILE",
      description =
          "read options from a file of lines such as epochs=20; the command line beats it, and it"
              + " beats the recipe. A run's own is its config.properties")
  private Path config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the run (default: a new one in runs/)")
  private Path out;

  @Option(names = "--overwrite", description = "replace the run that --out holds")
  private boolean overwrite;

  @Option(names = "--json", description = "end with one line of JSON on standard output")
  private boolean json;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    RunConfig config = options.config(data.set().toString(), data, engine);
    Dataset train = data.train();
    TrainingRun run = new TrainingRun(config, train, data.test());
    RunFolder folder = RunFolder.start(folder(config), config, overwrite);
    PrintStream log = System.err;
    log.printf(
        Locale.ROOT,
        "%s %s%s, on %d images of %s, engine %s; into %s%n",
        config.kind(),
        config.net(),
        inference(config),
        train.size(),
        config.dataset(),
        config.engine(),
        folder.path());
    TrainingRun.Result result;
    try (TrainingProgress progress =
        new TrainingProgress(config.epochs(), TrainingProgress.onTerminal(), log)) {
      result = run.run(folder, progress);
    }
    if (result.last().stopsEarly()) {
      log.printf(
          Locale.ROOT,
          "stopped early, after epoch %d of %d: the validation loss has not fallen for %d epochs%n",
          result.last().epoch(),
          config.epochs(),
          config.patience());
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "test accuracy %.2f %%, NLL %.4f, ECE %.4f, Brier %.4f, after %.0f s%ncheckpoint %s%n",
        100 * result.test().accuracy(),
        result.test().nll(),
        result.test().ece(),
        result.test().brier(),
        seconds,
        folder.best());
    if (json) {
      System.out.println(
          Json.line(
              new JsonReport(
                  config.dataset(),
                  config.net(),
                  config.kind(),
                  JsonReport.name(config.estimator()),
                  config.engine(),
                  result.last().epoch(),
                  result.last().loss(),
                  result.module().kl(),
                  result.last().valid().orElseThrow().accuracy(),
                  result.test().accuracy(),
                  result.test().nll(),
                  result.test().ece(),
                  result.test().brier(),
                  folder.best().toString(),
                  seconds)));
    }
    return 0;
  }

  private static String inference(RunConfig config) {
    if (config.estimator() == Estimator.POINT) {
      return ", point estimate";
    }
    String tempered = config.training().beta().isElbo() ? "" : " (a tempered posterior)";
    return ", " + config.estimator() + ", beta " + config.beta() + tempered;
  }

  private Path folder(RunConfig config) {
    if (out != null) {
      return out;
    }
    String time =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return Path.of("runs", config.net() + "-" + config.dataset() + "-" + time);
  }
}
