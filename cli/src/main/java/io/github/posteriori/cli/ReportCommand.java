package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.cli.report.ClassFindings;
import io.github.posteriori.cli.report.Findings;
import io.github.posteriori.cli.report.LabelFindings;
import io.github.posteriori.cli.report.NumberFindings;
import io.github.posteriori.cli.report.RunReport;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.SavedRun;
import io.github.posteriori.cli.run.SavedSource;
import io.github.posteriori.data.DataException;
import io.github.posteriori.data.Dataset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description =
        "Measures the best weights of a run and writes one HTML page that shows the run: curves,"
            + " mistakes, calibration, uncertainty, images, filters, and where it all comes from.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the folder that train has left")
  private Path run;

  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private OodOptions ood;
  @Mixin private SavedNetOptions net;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "25",
      description = "posterior samples of each image (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the page (default: report.html in RUN)")
  private Path out;

  @Override
  public Integer call() {
    SavedRun saved = SavedRun.read(run);
    BayesModule module =
        saved.load(
            net.networks(),
            net.net(),
            ModuleOptions.defaults().withSeed(data.seed()).withEngine(engine.name()));
    data.trainedOn(
        run.toString(),
        Optional.of(saved.config().dataset()),
        SavedSource.of(saved.folder().best()),
        module);
    data.readFrom(saved.config().data());
    Evaluator evaluator =
        new Evaluator(module, CheckpointOptions.samples(module, samples), data.batch());
    Dataset inside = InputSize.fit(data.test(), module).matching(module.classNames());
    Optional<Dataset> outside = outside().map(dataset -> InputSize.fit(dataset, module));
    outside.ifPresent(dataset -> OodOptions.requireOneShape(inside, dataset));
    RunReport report =
        new RunReport(
            saved,
            module,
            module.predictor().draws(module, evaluator.samples()),
            findings(evaluator, inside, outside),
            spec.root().version()[0],
            Instant.now());
    System.out.println("report " + report.writeTo(out == null ? saved.folder().report() : out));
    return 0;
  }

  private Findings findings(Evaluator evaluator, Dataset inside, Optional<Dataset> outside) {
    String name = ood.name(data.set());
    return switch (evaluator.module().likelihood().kind()) {
      case CLASSES ->
          new ClassFindings(
              ImageProgress.measure(evaluator, inside),
              name,
              outside.map(dataset -> ImageProgress.measure(evaluator, dataset)));
      case VALUES ->
          NumberFindings.of(
              evaluator,
              inside,
              name,
              outside.map(dataset -> ImageProgress.measureNumbers(evaluator, dataset)));
      case LABELS -> new LabelFindings(inside, evaluator.evaluateLabels(inside));
    };
  }

  /** Reads the set; one that nobody asked for and that is missing is omitted from the report. */
  private Optional<Dataset> outside() {
    if (!ood.stated() && !OodOptions.hasTwin(data.set())) {
      return Optional.empty();
    }
    try {
      return Optional.of(data.outside(ood));
    } catch (DataException e) {
      if (ood.stated()) {
        throw e;
      }
      System.err.println("the report omits " + ood.name(data.set()) + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
