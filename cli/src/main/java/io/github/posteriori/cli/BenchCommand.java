package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.cli.run.Allocation;
import io.github.posteriori.cli.run.OptimiserChoice;
import io.github.posteriori.cli.run.Stopwatch;
import io.github.posteriori.data.Batch;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.GradientExchange;
import io.github.posteriori.train.TrainingStep;
import io.github.posteriori.uncertainty.Normalisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    description =
        "Measures how long a training step and a prediction take, on random images: a step is"
            + " forward, loss with the KL divergence, backward and optimiser; a prediction the mean"
            + " of T softmax passes. What comes before the times stop falling is not counted.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final int CLASSES = 10;

  /** Training images N in the loss; the work does not depend on it. */
  private static final int TRAINING_IMAGES = 60_000;

  /** Steps for each counted prediction, which takes much longer. */
  private static final int STEPS_OF_A_PREDICTION = 10;

  private static final double MOST_WARM_UP_SECONDS = 20;

  /** Steps over which allocation is averaged. */
  private static final int ALLOCATION_STEPS = 10;

  @Mixin private NetOptions net;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;

  @Option(names = "--channels", paramLabel = "N", description = NetOptions.CHANNELS)
  private Integer channels;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "lrt, bbb or point (default: what the network says)")
  private Estimator estimator;

  @Option(
      names = "--activation",
      paramLabel = "A",
      description = "softplus, relu or tanh (default: what the network says)")
  private Activation activation;

  @Option(
      names = "--optimiser",
      paramLabel = "O",
      defaultValue = "adam",
      description = "adam, or sgd with momentum 0.9 (default: ${DEFAULT-VALUE})")
  private OptimiserChoice optimiser;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "256",
      description = "images of a step and of a prediction (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "30",
      description = "steps that are counted (default: ${DEFAULT-VALUE})")
  private int steps;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "25",
      description = "passes of a prediction; 0 measures none (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "of weights, images and noise (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--explain",
      description = "print first which algorithm each layer runs on this machine, and why")
  private boolean explain;

  /** Report of {@code --json}. */
  private record Report(
      String engine,
      int threads,
      @JsonProperty("step_ms_median") double stepMedian,
      @JsonProperty("step_ms_min") double stepLeast,
      @JsonProperty("predict_ms_median") Double predictMedian,
      @JsonProperty("images_per_second") double imagesPerSecond,
      @JsonProperty("rss_mb") Double memory,
      @JsonProperty("warm_up_seconds") double warmUp,
      @JsonProperty("full_speed_seconds") double fullSpeed,
      @JsonProperty("allocated_bytes_per_step") long allocated) {}

  @Override
  public Integer call() {
    require("batch", batch, 1);
    require("steps", steps, 1);
    require("samples", samples, 0);
    int inputs = net.channels(channels);
    require("channels", inputs, 1);
    BayesModule module = net.net().create(net.kind(), inputs, CLASSES, options());
    if (explain) {
      module.runner().explain().forEach(System.out::println);
    }
    Batch images = images(module);
    Runnable trainOnce = step(module, images);
    double started = ManagementFactory.getRuntimeMXBean().getUptime() * 1e-3;
    Stopwatch step = Stopwatch.time(trainOnce, steps, MOST_WARM_UP_SECONDS);
    long allocated = Allocation.of(trainOnce, ALLOCATION_STEPS);
    Double predictMedian = samples == 0 ? null : predictMedian(module, images);
    Report report =
        new Report(
            module.engine().name(),
            engine.threads() == 0 ? Runtime.getRuntime().availableProcessors() : engine.threads(),
            step.medianMillis(),
            step.leastMillis(),
            predictMedian,
            batch / step.medianMillis() * 1e3,
            peakMemory(),
            step.warmUpSeconds(),
            started + step.slowSeconds(),
            allocated);
    print(report);
    return 0;
  }

  private static void require(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
    }
  }

  private ModuleOptions options() {
    ModuleOptions options = ModuleOptions.defaults().withSeed(seed).withEngine(engine.name());
    options = estimator == null ? options : options.withEstimator(estimator);
    return activation == null ? options : options.withActivation(activation);
  }

  private Batch images(BayesModule module) {
    int size = module.inputShape().size();
    float[] pixels = NoiseKey.training(seed, 0).of(0).uniform(0, batch, size);
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % CLASSES;
    }
    return new Batch(pixels, labels, batch, 0);
  }

  private Runnable step(BayesModule module, Batch images) {
    TrainingStep step =
        new TrainingStep(
            module.runner(),
            module.network(),
            new TrainingStep.Setup(
                Likelihood.categorical(),
                optimiser.optimiser(),
                TRAINING_IMAGES,
                seed,
                1,
                GradientExchange.none()));
    return () -> step.run(images, 1, optimiser.learningRate());
  }

  private double predictMedian(BayesModule module, Batch images) {
    int runs = Math.max(3, steps / STEPS_OF_A_PREDICTION);
    return Stopwatch.time(() -> predict(module, images), runs, MOST_WARM_UP_SECONDS).medianMillis();
  }

  private double[] predict(BayesModule module, Batch images) {
    double[] mean = new double[batch * CLASSES];
    NoiseKey noise = NoiseKey.evaluation(seed, 0);
    module
        .runner()
        .forward(
            images.images(),
            batch,
            noise,
            samples,
            logits -> {
              double[] probabilities = Normalisation.SOFTMAX.probabilities(logits, CLASSES);
              for (int i = 0; i < mean.length; i++) {
                mean[i] += probabilities[i] / samples;
              }
            });
    return mean;
  }

  /** The most memory that the process ever held, in MB; null where the system does not tell. */
  private static Double peakMemory() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return null;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(Report report) {
    System.out.printf(
        Locale.ROOT,
        "%s on %s, %d threads: step %.2f ms (least %.2f), %.0f images a second%n",
        net.net(),
        report.engine,
        report.threads,
        report.stepMedian,
        report.stepLeast,
        report.imagesPerSecond);
    if (report.predictMedian != null) {
      System.out.printf(
          Locale.ROOT,
          "prediction of %d images by %d samples: %.1f ms%n",
          batch,
          samples,
          report.predictMedian);
    }
    System.out.printf(
        Locale.ROOT,
        "%s%,d bytes allocated a step; full speed %.1f s after the start; %.1f s of warm-up were"
            + " not counted%n",
        report.memory == null
            ? ""
            : String.format(Locale.ROOT, "peak memory %.0f MB; ", report.memory),
        report.allocated,
        report.fullSpeed,
        report.warmUp);
    json.print(() -> report);
  }
}
