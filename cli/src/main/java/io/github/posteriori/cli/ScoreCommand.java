package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.cluster.Cluster;
import io.github.posteriori.cli.cluster.ScoredRows;
import io.github.posteriori.cli.cluster.ScoringRequest;
import io.github.posteriori.cli.run.SavedSource;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.names.Names;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "score",
    description =
        "Predicts many pictures or rows on Apache Spark: writes them to a .parquet folder with"
            + " their classes or numbers and how sure the network is of each.",
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  private static final String PARQUET = ".parquet";
  private static final List<String> HANDLINGS = List.of("error", "skip", "keep");

  @Mixin private CheckpointOptions checkpoint;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;
  @Mixin private SampleOptions samples;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      defaultValue = "local[*]",
      description =
          "the cluster: an address such as spark://HOST:7077, or the cores of this machine"
              + " (default: ${DEFAULT-VALUE})")
  private String master;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      required = true,
      description =
          "a folder of pictures, or .csv or .parquet files, on any file system that Spark reads")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      required = true,
      description = "the .parquet folder to write")
  private String output;

  @Option(names = "--overwrite", description = "replace what --output holds")
  private boolean overwrite;

  @Option(
      names = "--features",
      paramLabel = "COLUMN",
      defaultValue = "features",
      description =
          "column of a .parquet input with the features: vectors, arrays of numbers, images, or"
              + " contents of picture files (default: ${DEFAULT-VALUE})")
  private String features;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "256",
      description = "rows of a pass, rounded up to a multiple of 64 (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--invalid",
      paramLabel = "WHAT",
      defaultValue = "error",
      description =
          "what becomes of rows that cannot be scored: error, the command fails; skip, they are"
              + " left out; keep, they stay without a prediction, and the column error says why"
              + " (default: ${DEFAULT-VALUE})")
  private String invalid;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    require(output.endsWith(PARQUET), "output", output, "a name that ends with " + PARQUET);
    require(samples.samples() > 0, "samples", samples.samples(), "at least 1");
    require(batch > 0, "batch", batch, "at least 1");
    Names.find("invalid", invalid, HANDLINGS);
    BayesModule module = samples.load(checkpoint, engine);
    Optional<TableSchema> table = SavedSource.of(checkpoint.file()).flatMap(SavedSource::table);
    ScoringRequest request =
        new ScoringRequest(
            module,
            table,
            input,
            features,
            output,
            overwrite,
            samples.samples(module),
            batch,
            invalid);
    ScoredRows scored;
    try (Cluster cluster = Cluster.open(master)) {
      scored = cluster.score(request);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "%d rows into %s, %d of them without a prediction, after %.0f s%n",
        scored.rows(),
        output,
        scored.failed(),
        seconds);
    json.print(() -> new Report(scored.rows(), scored.failed(), output, seconds));
    return ExitCode.OK;
  }

  /**
   * What {@code --json} prints.
   *
   * @param rows number of rows written
   * @param failed number of those without a prediction
   */
  record Report(long rows, long failed, String output, double seconds) {}

  private static void require(boolean holds, String option, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(option + " is " + value + ", expected " + expected);
    }
  }
}
