package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.Provenance;
import io.github.posteriori.cli.net.Definition;
import io.github.posteriori.cli.net.Kind;
import io.github.posteriori.cli.run.AnswerFiles;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.OutputFolder;
import io.github.posteriori.cli.run.SavedSource;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.Metrics;
import io.github.posteriori.uncertainty.MetricsCollector;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    description =
        "Measures a checkpoint on the test images of a set: accuracy, NLL, Brier score, calibration"
            + " errors, area under the risk-coverage curve; draws reliability and risk on request.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CheckpointOptions checkpoint;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "10",
      description = "posterior samples that are averaged (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "write reliability.png, risk-coverage.png and predictions.csv into this folder (default:"
              + " write nothing)")
  private Path out;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    BayesModule module = checkpoint.load(data.seed(), engine);
    data.trainedOn(
        checkpoint.file().toString(),
        module.provenance().map(Provenance::dataset),
        SavedSource.of(checkpoint.file()));
    Dataset test = InputSize.fit(data.test(), module).matching(module.classNames());
    Evaluator evaluator =
        new Evaluator(module, CheckpointOptions.samples(module, samples), data.batch());
    // Before the measurement, which takes a while.
    OutputFolder folder = out == null ? null : OutputFolder.open(out);
    MetricsCollector measured = evaluator.collect(test);
    Metrics metrics = measured.metrics();
    double seconds = (System.nanoTime() - start) * 1e-9;
    print(test, metrics);
    if (folder != null) {
      for (Path file :
          new AnswerFiles(test.name(), test.classNames(), measured.answers()).write(folder)) {
        System.out.println("wrote " + file);
      }
    }
    json.print(() -> report(module, metrics, seconds));
    return 0;
  }

  private JsonReport report(BayesModule module, Metrics metrics, double seconds) {
    return new JsonReport(
        data.set().toString(),
        Definition.nameOf(module),
        Kind.of(module).toString(),
        JsonReport.name(Definition.estimatorOf(module)),
        module.engine().name(),
        module.provenance().map(Provenance::epochs).orElse(null),
        null,
        module.kl(),
        null,
        metrics,
        checkpoint.file().toString(),
        seconds);
  }

  private static void print(Dataset test, Metrics metrics) {
    System.out.printf(
        Locale.ROOT,
        "%d images of %s: accuracy %.2f %%, NLL %.4f, ECE %.4f, Brier %.4f%n"
            + "adaptive ECE %.4f, area under the risk-coverage curve %.6f%n",
        test.size(),
        test.name(),
        100 * metrics.accuracy(),
        metrics.nll(),
        metrics.ece(),
        metrics.brier(),
        metrics.adaptiveEce(),
        metrics.aurc());
  }
}
