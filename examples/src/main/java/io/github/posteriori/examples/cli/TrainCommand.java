package io.github.posteriori.examples.cli;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.examples.run.Net;
import io.github.posteriori.examples.run.Recipe;
import io.github.posteriori.examples.run.RunConfig;
import io.github.posteriori.examples.run.RunFolder;
import io.github.posteriori.examples.run.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description =
        "Trains a network and measures it: BayesLeNet with LRT on drawn digits, unless told otherwise.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Mixin private NetOptions net;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;

  @Option(
      names = "--recipe",
      paramLabel = "R",
      defaultValue = "default",
      description =
          "where unstated settings come from: default, or seed, the configuration of PyTorch-BayesianCNN"
              + " (default: ${DEFAULT-VALUE})")
  private String recipe;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "lrt, bbb or point (default: lrt; a frequentist network has none)")
  private Estimator estimator;

  @Option(
      names = "--activation",
      paramLabel = "A",
      description = "softplus, relu or tanh (default: the recipe's)")
  private Activation activation;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "passes over the training images (default: the recipe's)")
  private Integer epochs;

  @Option(
      names = "--lr",
      paramLabel = "L",
      description =
          "learning rate of the first step; it falls linearly to 0 (default: the recipe's)")
  private Double learningRate;

  @Option(
      names = "--beta",
      paramLabel = "B",
      description =
          "weight of the KL divergence: a number, standard (1), blundell or soenderby (default: the recipe's)")
  private String beta;

  @Option(
      names = "--train-ens",
      paramLabel = "N",
      defaultValue = "1",
      description = "posterior samples of a training step (default: ${DEFAULT-VALUE})")
  private int trainEns;

  @Option(
      names = "--valid-ens",
      paramLabel = "N",
      defaultValue = "1",
      description = "posterior samples of a validation (default: ${DEFAULT-VALUE})")
  private int validEns;

  @Option(
      names = "--valid-size",
      paramLabel = "F",
      defaultValue = "0.2",
      description =
          "share of the training images held out for validation (default: ${DEFAULT-VALUE})")
  private double validSize;

  @Option(
      names = "--prior-mu",
      paramLabel = "M",
      description = "mean of the prior (default: the recipe's)")
  private Double priorMu;

  @Option(
      names = "--prior-sigma",
      paramLabel = "S",
      description = "standard deviation of the prior (default: the recipe's)")
  private Double priorSigma;

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
    RunConfig config = config();
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
                  config.epochs(),
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

  private RunConfig config() {
    Recipe.Settings settings = Recipe.named(recipe).settings(data.set());
    Priors priors = settings.priors();
    priors = priorMu == null ? priors : priors.withMu(priorMu);
    priors = priorSigma == null ? priors : priors.withSigma(priorSigma);
    Optional<Activation> recipeActivation =
        net.kind() == Net.Kind.BAYESIAN ? Optional.of(settings.activation()) : Optional.empty();
    if (!(validSize > 0 && validSize < 1)) {
      throw new IllegalArgumentException(
          "valid-size is " + validSize + ", expected a number above 0 and below 1");
    }
    return new RunConfig(
        net.net().toString(),
        net.kind().toString(),
        data.set().toString(),
        recipe,
        estimator(),
        Optional.ofNullable(activation).or(() -> recipeActivation),
        priors,
        epochs == null ? settings.epochs() : epochs,
        data.batch(),
        learningRate == null ? settings.learningRate() : learningRate,
        beta == null ? settings.beta() : beta,
        trainEns,
        validEns,
        validSize,
        settings.rotation(),
        settings.flip(),
        data.seed(),
        data.limit(),
        engine.name(),
        engine.threads());
  }

  private static String inference(RunConfig config) {
    if (config.estimator() == Estimator.POINT) {
      return ", point estimate";
    }
    String tempered = config.training().beta().isElbo() ? "" : " (a tempered posterior)";
    return ", " + config.estimator() + ", beta " + config.beta() + tempered;
  }

  private Estimator estimator() {
    if (net.kind() == Net.Kind.BAYESIAN) {
      return estimator == null ? Estimator.LRT : estimator;
    }
    if (estimator != null && estimator != Estimator.POINT) {
      throw new IllegalArgumentException(
          "estimator is "
              + estimator
              + ", but a frequentist network has no posterior to sample: leave it out");
    }
    return Estimator.POINT;
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
