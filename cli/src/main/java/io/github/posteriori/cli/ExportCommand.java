package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Predictor;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description =
        "Writes a checkpoint as an ONNX model, which ONNX Runtime and others run without this"
            + " program. It answers with probabilities and both uncertainties, from posterior"
            + " samples that it draws itself or without any, or as a point estimate with logits.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private static final int SAMPLES = 25;

  @Parameters(index = "0", paramLabel = "CHECKPOINT", description = "a file that train wrote")
  private Path checkpoint;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "the .onnx file to write, or to replace")
  private Path out;

  @Option(names = "--estimator", paramLabel = "E", description = CheckpointOptions.ESTIMATOR)
  private Estimator estimator;

  @Option(
      names = "--samples",
      paramLabel = "T",
      description = "posterior samples of each run (default: " + SAMPLES + ")")
  private Integer samples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "of the posterior samples (default: chosen by what runs the model)")
  private Long seed;

  @Mixin private SampleFreeOption sampleFree;
  @Mixin private SavedNetOptions net;
  @Mixin private JsonOption json;

  /**
   * What was written, as JSON.
   *
   * @param file where it is
   * @param bytes its size
   * @param opset the version of ONNX's operators
   * @param outputs the names of the model's outputs
   */
  private record Report(String file, long bytes, int opset, List<String> outputs) {}

  @Override
  public Integer call() throws IOException {
    if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      throw new IllegalArgumentException(
          "OUT is " + out + ", expected a name that ends in .onnx: models go by that suffix");
    }
    OnnxExport export = export();
    export.write(out);
    Report report = new Report(out.toString(), Files.size(out), OnnxExport.OPSET, export.outputs());
    System.out.printf(
        Locale.ROOT,
        "wrote %s: %,d bytes, outputs %s%n",
        out,
        report.bytes,
        String.join(", ", report.outputs));
    json.print(() -> report);
    return 0;
  }

  private OnnxExport export() {
    if (estimator == Estimator.POINT && samples != null) {
      throw new IllegalArgumentException(
          "samples is "
              + samples
              + ", but the estimator is point, which draws none: leave one of them out");
    }
    requireSampleFreeAlone();
    BayesModule module =
        new CheckpointOptions(checkpoint, estimator, net).load(ModuleOptions.defaults());
    requirePosterior(module);
    if (estimator == Estimator.POINT) {
      return OnnxExport.pointEstimate(module);
    }
    if (module.network().sampledPosteriors().isEmpty()) {
      System.err.println(
          "the network has no posterior to sample: epistemic is 0; --estimator point gives logits");
    }
    if (sampleFree.isChosen()) {
      return OnnxExport.sampleFree(module);
    }
    OnnxExport export = OnnxExport.prediction(module, Optional.ofNullable(samples).orElse(SAMPLES));
    return seed == null ? export : export.withSeed(seed);
  }

  /** Refuses beside {@code --sample-free} what would then say nothing. */
  private void requireSampleFreeAlone() {
    if (sampleFree.isChosen() && estimator == Estimator.POINT) {
      throw new IllegalArgumentException(
          "--estimator point stands beside --sample-free, expected one of them, for the one has"
              + " logits and the other probabilities: leave one out");
    }
    if (sampleFree.isChosen() && seed != null) {
      throw new IllegalArgumentException(
          "seed is " + seed + ", but --sample-free draws nothing: leave one of them out");
    }
  }

  /** Refuses a network whose uncertainty a model of its posterior would not have. */
  private void requirePosterior(BayesModule module) {
    if (module.predictor() != Predictor.posterior()) {
      throw new IllegalArgumentException(
          "the network in "
              + checkpoint
              + " predicts by "
              + module.predictor().method()
              + ", expected vi, for a model samples the posterior of its weights alone: export one"
              + " that train made without --method, or a member of an ensemble");
    }
  }
}
