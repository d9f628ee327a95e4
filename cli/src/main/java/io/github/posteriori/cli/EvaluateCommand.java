package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.Provenance;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.Measurement;
import io.github.posteriori.cli.run.OutputFolder;
import io.github.posteriori.cli.run.ShownScore;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    description =
        "Measures a checkpoint on the test examples of a set: accuracy, NLL, Brier score,"
            + " calibration errors, area under the risk-coverage curve; where it predicts numbers"
            + " RMSE, NLL and coverage of intervals. Draws them on request.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CheckpointOptions checkpoint;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;
  @Mixin private SampleFreeOption sampleFree;

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
          "write reliability.png, risk-coverage.png and predictions.csv into this folder; where"
              + " numbers are predicted predicted-observed.png, coverage.png, predictions.csv and,"
              + " of one feature, band.png (default: write nothing)")
  private Path out;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    BayesModule module = checkpoint.load(data.seed(), engine);
    data.trainedOn(checkpoint, module);
    Dataset test = InputSize.fit(data.test(), module).matching(module.classNames());
    Evaluator evaluator = sampleFree.evaluator(module, samples, data.batch());
    // Before the measurement, which takes a while.
    OutputFolder folder = out == null ? null : OutputFolder.open(out);
    Measurement measured = Measurement.of(evaluator, test);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT, "%s of %s: %s%n", ExampleWord.count(test), test.name(), measured.line());
    if (!measured.more().isEmpty()) {
      System.out.println(measured.more());
    }
    measured.promised().ifPresent(System.out::println);
    if (folder != null) {
      measured.write(folder).forEach(file -> System.out.println("wrote " + file));
    }
    json.print(() -> report(module, measured, seconds));
    return 0;
  }

  private JsonReport report(BayesModule module, Measurement measured, double seconds) {
    return new JsonReport(
        data.set().toString(),
        Definition.nameOf(module),
        Kind.of(module).toString(),
        JsonReport.name(Definition.estimatorOf(module)),
        JsonReport.method(module),
        module.engine().name(),
        module.provenance().map(Provenance::epochs).orElse(null),
        null,
        module.kl(),
        ShownScore.of(module.likelihood().score(0, 1)),
        null,
        measured.figures(),
        checkpoint.file().toString(),
        seconds);
  }
}
