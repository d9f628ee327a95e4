package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Calibrator;
import io.github.posteriori.Evaluator;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ScoreChoice;
import io.github.posteriori.cli.run.HeldOut;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.Measurement;
import io.github.posteriori.data.Dataset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "calibrate",
    description =
        "Fits a temperature to examples that the training held out, and finds sets of classes, or"
            + " intervals of numbers, that hold what is true with a promised probability; later"
            + " commands use both. Measures them on the test part.",
    mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "OUT",
      description = "the checkpoint to write, or to replace; --checkpoint itself may be it")
  private Path out;

  @Mixin private CheckpointOptions checkpoint;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;

  @Option(
      names = "--coverage",
      paramLabel = "C",
      defaultValue = "0.95",
      description =
          "probability with which sets or intervals are to hold what is true (default:"
              + " ${DEFAULT-VALUE})")
  private double coverage;

  @Option(
      names = "--score",
      paramLabel = "S",
      defaultValue = "lac",
      description =
          "of classes: lac (the smallest sets), aps (sets that grow with the doubt) or raps (the"
              + " same, for many classes) (default: ${DEFAULT-VALUE})")
  private ScoreChoice score;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "25",
      description = "posterior samples of each example (default: ${DEFAULT-VALUE})")
  private int samples;

  /**
   * What was found, as JSON; null where it was not measured, or is of classes alone.
   *
   * @param temperature of the logits
   * @param coverage share of the test part whose set or interval holds what is true
   * @param meanSetSize mean number of classes in a set
   * @param testNll mean negative log-likelihood of the test part
   * @param testEce expected calibration error of it
   * @param checkpoint the file that was written
   */
  @JsonPropertyOrder({
    "temperature",
    "coverage",
    "mean_set_size",
    "test_nll",
    "test_ece",
    "checkpoint"
  })
  private record Report(
      Double temperature,
      Double coverage,
      @JsonProperty("mean_set_size") Double meanSetSize,
      @JsonProperty("test_nll") Double testNll,
      @JsonProperty("test_ece") Double testEce,
      String checkpoint) {}

  @Override
  public Integer call() {
    BayesModule module = checkpoint.load(data.seed(), engine);
    data.trainedOn(checkpoint, module);
    Dataset heldOut = fit(heldOut(module), module);
    Evaluator evaluator =
        new Evaluator(module, CheckpointOptions.samples(module, samples), data.batch());
    Calibration calibration =
        Calibrator.of(evaluator)
            .withCoverage(coverage)
            .withScore(score)
            .withSeed(data.seed())
            .calibrate(heldOut);
    module.save(out);
    System.out.printf(
        Locale.ROOT,
        "wrote %s: %s, by %d examples of %s that were held out%n",
        out,
        found(calibration),
        heldOut.size(),
        heldOut.name());
    Optional<Measurement> measured =
        data.isOther()
            ? Optional.empty()
            : Optional.of(Measurement.of(evaluator, fit(data.test(), module)));
    measured.ifPresentOrElse(
        test -> System.out.println(test.line() + "; " + test.promised().orElseThrow()),
        () -> System.out.println("evaluate measures it on other examples"));
    json.print(() -> report(calibration, measured.map(Measurement::figures).orElse(Map.of())));
    return 0;
  }

  /** Reads what the training held out; of another set than that of the training its test part. */
  private Dataset heldOut(BayesModule module) {
    if (data.isOther() || module.provenance().isEmpty()) {
      return data.test();
    }
    HeldOut training = HeldOut.of(checkpoint.file(), module.provenance().get());
    return data.heldOut(training);
  }

  private static Dataset fit(Dataset part, BayesModule module) {
    return InputSize.fit(part, module).matching(module.classNames());
  }

  private static String found(Calibration calibration) {
    return calibration
            .ofClasses()
            .map(
                by ->
                    String.format(Locale.ROOT, "temperature %.4f, sets", by.temperature().value()))
            .orElse("intervals")
        + String.format(Locale.ROOT, " of %s %%", (float) (100 * calibration.coverage()));
  }

  private Report report(Calibration calibration, Map<String, Double> test) {
    return new Report(
        calibration.ofClasses().map(by -> by.temperature().value()).orElse(null),
        test.getOrDefault(Measurement.SET_COVERAGE, test.get(Measurement.INTERVAL_COVERAGE)),
        test.get(Measurement.MEAN_SET_SIZE),
        test.get("test_nll"),
        test.get("test_ece"),
        out.toString());
  }
}
