package io.github.posteriori.examples.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Provenance;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.ModuleFile;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.examples.run.Net;
import io.github.posteriori.uncertainty.Metrics;
import java.nio.file.Path;
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
  @Option(
      names = "--checkpoint",
      paramLabel = "F",
      required = true,
      description = "a file that train wrote")
  private Path checkpoint;

  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "10",
      description = "posterior samples that are averaged (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "lrt, bbb or point (default: the one it was trained with)")
  private Estimator estimator;

  @Option(names = "--json", description = "end with one line of JSON on standard output")
  private boolean json;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    ModuleOptions saved = ModuleFile.read(checkpoint).options();
    ModuleOptions options =
        ModuleOptions.defaults().withSeed(data.seed()).withEngine(engine.name());
    if (estimator != null) {
      options = options.withEstimator(estimator);
      saved
          .estimator()
          .filter(trained -> trained != estimator)
          .ifPresent(
              trained ->
                  System.err.println("estimator " + estimator + " replaces the saved " + trained));
    }
    BayesModule module = Net.load(checkpoint, options);
    Dataset test = data.test();
    Metrics metrics = new Evaluator(module, samples, data.batch()).evaluate(test);
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
                  checkpoint.toString(),
                  seconds)
              .line());
    }
    return 0;
  }
}
