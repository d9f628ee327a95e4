package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.cli.run.OptimiserChoice;
import io.github.posteriori.cli.run.Speed;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every program that measures how fast a network is. */
public final class BenchOptions {
  /** Images of a step where nothing else is said. */
  static final int BATCH = 256;

  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "lrt, bbb or point (default: what the network says)")
  private Estimator estimator;

  @Option(
      names = "--activation",
      paramLabel = "A",
      description =
          "softplus, relu, tanh, gelu, silu, leaky-relu, sigmoid or identity (default: what"
              + " the network says)")
  private Activation activation;

  @Option(
      names = "--optimiser",
      paramLabel = "O",
      defaultValue = "adam",
      description = "adam, sgd with momentum 0.9, or ivon (default: ${DEFAULT-VALUE})")
  private OptimiserChoice optimiser;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "images of a step and of a prediction (default: " + BATCH + ")")
  private Integer batch;

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

  /**
   * Measures a network and prints what it takes.
   *
   * @param network its name
   * @param usualBatch images of a step where the option is not stated
   * @param creator makes its module
   */
  public void run(String network, int usualBatch, Function<ModuleOptions, BayesModule> creator) {
    int images = batch == null ? usualBatch : batch;
    require("batch", images, 1);
    require("steps", steps, 1);
    require("samples", samples, 0);
    BayesModule module = creator.apply(options());
    if (explain) {
      module.runner().explain(images).forEach(System.out::println);
    }
    int threads =
        engine.threads() == 0 ? Runtime.getRuntime().availableProcessors() : engine.threads();
    Speed.Work work = new Speed.Work(images, steps, samples, optimiser, seed);
    Speed speed = Speed.of(module, work, threads);
    print(network, work, speed);
    json.print(() -> speed);
  }

  /** Refuses a number below the least that makes sense. */
  static void require(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
    }
  }

  private ModuleOptions options() {
    ModuleOptions options = ModuleOptions.defaults().withSeed(seed).withEngine(engine.name());
    options = estimator == null ? options : options.withEstimator(estimator);
    return activation == null ? options : options.withActivation(activation);
  }

  private static void print(String network, Speed.Work work, Speed speed) {
    System.out.printf(
        Locale.ROOT,
        "%s on %s, %d threads: step %.2f ms (least %.2f), %.0f images a second%n",
        network,
        speed.engine(),
        speed.threads(),
        speed.stepMedian(),
        speed.stepLeast(),
        speed.imagesPerSecond());
    if (speed.predictMedian() != null) {
      System.out.printf(
          Locale.ROOT,
          "prediction of %d images by %d samples: %.1f ms%n",
          work.batch(),
          work.samples(),
          speed.predictMedian());
    }
    System.out.printf(
        Locale.ROOT,
        "%s%,d bytes allocated a step; full speed %.1f s after the start; %.1f s of warm-up were"
            + " not counted%n",
        speed.memory() == null
            ? ""
            : String.format(Locale.ROOT, "peak memory %.0f MB; ", speed.memory()),
        speed.allocated(),
        speed.fullSpeed(),
        speed.warmUp());
  }
}
