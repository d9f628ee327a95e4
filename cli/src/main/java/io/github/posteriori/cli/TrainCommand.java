package io.github.posteriori.cli;

import io.github.posteriori.cli.cluster.Cluster;
import io.github.posteriori.cli.run.EnsembleRun;
import io.github.posteriori.cli.run.Exchanges;
import io.github.posteriori.cli.run.MethodChoice;
import io.github.posteriori.cli.run.RunConfig;
import io.github.posteriori.cli.run.RunFolder;
import io.github.posteriori.cli.run.RunLock;
import io.github.posteriori.cli.run.ShownScore;
import io.github.posteriori.cli.run.TrainingRun;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.ShippedNet;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description =
        "Trains a network and measures it: BayesLeNet with LRT on drawn digits, unless told"
            + " otherwise.",
    mixinStandardHelpOptions = true,
    defaultValueProvider = ConfigFile.class)
final class TrainCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private MethodOptions method;
  @Mixin private ShardOptions shards;
  @Mixin private TtaOption tta;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;

  @Option(
      names = ConfigFile.OPTION,
      paramLabel = "FILE",
      description =
          "read options from a file of lines such as epochs=20; the command line overrides it, and"
              + " it overrides the recipe. A run's own is its config.properties")
  private Path config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the run (default: a new one in runs/)")
  private Path out;

  @Option(names = "--overwrite", description = "replace the run that --out holds")
  private boolean overwrite;

  @Option(
      names = ConfigFile.RESUME,
      description =
          "go on with the run that --out holds, as it was begun, from the last epoch that was kept;"
              + " it ends as if it had never stopped")
  private boolean resume;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    RunConfig config = options.config(data.set().toString(), data, engine, method, shards, tta);
    Definition net = options.definition();
    if (resume) {
      RunFolder.requireRun(resumed());
    }
    Optional<Cluster> cluster = shards.cluster();
    try {
      return train(config, net, cluster.<Exchanges>map(c -> c).orElse(Exchanges.here()), start);
    } finally {
      cluster.ifPresent(Cluster::close);
    }
  }

  private int train(RunConfig config, Definition net, Exchanges exchanges, long start) {
    boolean ensemble = config.method().filter(MethodChoice.ENSEMBLE::equals).isPresent();
    if (resume) {
      try (RunLock lock = RunLock.take(out)) {
        RunFolder folder = RunFolder.resume(lock.folder(), config);
        TrainingRun.Result result =
            ensemble
                ? ShownRun.of(EnsembleRun.of(config, net, data.ofRun()), folder, exchanges)
                : ShownRun.of(
                    TrainingRun.resume(folder, config, net, data.ofRun()), folder, exchanges);
        return report(config, result, folder, start);
      }
    }
    Path path = out == null ? ShownRun.newFolder(name(net) + "-" + data.set().label()) : out;
    RunFolder.requireFree(path, overwrite);
    Function<RunFolder, TrainingRun.Result> run =
        ensemble ? ensemble(config, net, exchanges) : network(config, net, exchanges);
    try (RunLock lock = RunLock.take(path)) {
      RunFolder folder = RunFolder.start(lock.folder(), config, net.source(), overwrite);
      return report(config, run.apply(folder), folder, start);
    }
  }

  private Function<RunFolder, TrainingRun.Result> ensemble(
      RunConfig config, Definition net, Exchanges exchanges) {
    EnsembleRun run = EnsembleRun.of(config, net, data.ofRun());
    return folder -> ShownRun.of(run, folder, exchanges);
  }

  private Function<RunFolder, TrainingRun.Result> network(
      RunConfig config, Definition net, Exchanges exchanges) {
    TrainingRun run = TrainingRun.begin(config, net, data.ofRun());
    return folder -> ShownRun.of(run, folder, exchanges);
  }

  private static String name(Definition net) {
    return net.shipped().map(ShippedNet::toString).orElseGet(net::simpleName);
  }

  private Path resumed() {
    if (out == null || overwrite) {
      throw new IllegalArgumentException(
          overwrite
              ? "--overwrite replaces a run, --resume goes on with it: leave one of them out"
              : "--resume goes on with a run, expected its folder: add --out DIR");
    }
    return out;
  }

  private int report(RunConfig config, TrainingRun.Result result, RunFolder folder, long start) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "test %s, after %.0f s%ncheckpoint %s%n",
        result.test().line(),
        seconds,
        folder.best());
    json.print(
        () ->
            new JsonReport(
                config.dataset(),
                config.net(),
                config.kind(),
                JsonReport.name(Definition.estimatorOf(result.module())),
                JsonReport.method(result.module()),
                config.engine(),
                result.last().epoch(),
                result.last().loss(),
                result.module().kl(),
                ShownScore.of(result.last().score()),
                result.last().valid().orElseThrow().score().value(),
                result.test().figures(),
                folder.best().toString(),
                seconds));
    return 0;
  }
}
