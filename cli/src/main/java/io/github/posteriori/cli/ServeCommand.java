package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.predict.Willingness;
import io.github.posteriori.cli.run.SavedSource;
import io.github.posteriori.cli.serve.PictureServer;
import io.github.posteriori.cli.serve.ServeSettings;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.TargetKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description =
        "Serves a checkpoint over HTTP: a page to draw on, drop a picture onto or enter numbers,"
            + " POST /predict for"
            + " programs, GET /health, and GET /metrics for Prometheus. It is to be reached from"
            + " this machine alone, unless --host says otherwise. Ctrl-C stops it.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Mixin private CheckpointOptions checkpoint;
  @Mixin private EngineOptions engine;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "name or address to listen on; 0.0.0.0 is reached from other machines (default:"
              + " ${DEFAULT-VALUE})")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "a name that the server is known by, such as that of a reverse proxy: requests for other"
              + " names are refused. May be given several times")
  private List<String> names = List.of();

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "25",
      description = "posterior samples of each picture (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "of the posterior samples (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--invert",
      description = "exchange dark and light of pictures, unless a request says otherwise")
  private boolean invert;

  @Option(
      names = "--risk",
      paramLabel = "R",
      description =
          "share of wrong answers that is accepted: what is less sure is refused (default: half of"
              + " that of answering everything)")
  private Double risk;

  @Option(
      names = "--confidence",
      paramLabel = "C",
      description =
          "in place of a risk, the lowest probability that is answered (default: 0.5, where the"
              + " checkpoint does not say what it risks)")
  private Double confidence;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "most requests that wait for the network and are run together (default:"
              + " ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "most requests that wait; others are refused with 503 (default: ${DEFAULT-VALUE})")
  private int queue;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "time of a request, from its headers to its answer (default: ${DEFAULT-VALUE})")
  private int timeout;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "10485760",
      description = "bytes of a picture (default: ${DEFAULT-VALUE})")
  private int mostBytes;

  @Override
  public Integer call() throws InterruptedException {
    BayesModule module = checkpoint.load(seed, engine);
    requireClasses(module);
    Willingness willingness =
        new Willingness(module.selectiveRisk(), optional(risk), optional(confidence));
    ServeSettings settings =
        new ServeSettings(
            host,
            port,
            names,
            CheckpointOptions.samples(module, samples),
            batch,
            queue,
            mostBytes,
            Duration.ofSeconds(timeout));
    Optional<TableSchema> table =
        SavedSource.of(checkpoint.file())
            .flatMap(SavedSource::table)
            .filter(schema -> module.inputShape() instanceof Shape.Features);
    PictureServer server =
        table.isPresent()
            ? PictureServer.start(module, willingness, table.get(), settings)
            : PictureServer.start(module, willingness, invert, settings);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "posteriori-stop"));
    System.out.println("serving " + checkpoint.file() + " on " + server.page() + " (Ctrl-C stops)");
    new CountDownLatch(1).await();
    return 0;
  }

  /** Refuses a risk or a confidence where no class is predicted that could be refused. */
  private void requireClasses(BayesModule module) {
    if (module.likelihood().kind() != TargetKind.CLASSES && (risk != null || confidence != null)) {
      throw new IllegalArgumentException(
          (risk != null ? "risk is " + risk : "confidence is " + confidence)
              + ", but the network predicts "
              + module.likelihood().targetNames()
              + ", of which none is refused, expected one of classes: leave it out");
    }
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
