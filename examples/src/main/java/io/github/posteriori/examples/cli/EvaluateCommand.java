package io.github.posteriori.examples.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.Provenance;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.examples.run.Net;
import io.github.posteriori.uncertainty.Metrics;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    description =
        "Measures a checkpoint on the test images of a set: accuracy, NLL, Brier score, calibration error.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CheckpointOptions checkpoint;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "10",
      description = "posterior samples that are averaged (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(names = "--json", description = "end with one line of JSON on standard output")
  private boolean json;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    BayesModule module = checkpoint.load(data.seed(), engine);
    module.provenance().map(Provenance::dataset).ifPresent(data::trainedOn);
    Dataset test = data.test();
    Evaluator evaluator =
        new Evaluator(module, CheckpointOptions.samples(module, samples), data.batch());
    Metrics metrics = evaluator.evaluate(test);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "%d images of %s: accuracy %.2f %%, NLL %.4f, ECE %.4f, Brier %.4f%n",
        test.size(),
        test.name(),
        100 * metrics.accuracy(),
        metrics.nll(),
        metrics.ece(),
        metrics.brier());
    if (json) {
      Net net = Net.of(module);
      String kind = net.kind(module).toString();
      System.out.println(
          Json.line(
              new JsonReport(
                  data.set().toString(),
                  net.toString(),
                  kind,
                  JsonReport.name(module.options().estimator().orElse(Estimator.LRT)),
                  module.engine().name(),
                  module.provenance().map(Provenance::epochs).orElse(null),
                  null,
                  module.kl(),
                  null,
                  metrics.accuracy(),
                  metrics.nll(),
                  metrics.ece(),
                  metrics.brier(),
                  checkpoint.file().toString(),
                  seconds)));
    }
    return 0;
  }
}
