package io.github.posteriori.cli.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.posteriori.BayesModule;
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

/**
 * The time that a module's training step and prediction take, on random images, and the memory.
 *
 * @param engine name of the engine
 * @param threads that it may use
 * @param stepMedian milliseconds of the median step
 * @param stepLeast milliseconds of the fastest step
 * @param predictMedian milliseconds of the median prediction; null where none was measured
 * @param imagesPerSecond of training
 * @param memory the most that the process ever held, in MB; null where the system does not tell
 * @param warmUp seconds of steps that were not counted
 * @param fullSpeed seconds from the start of the JVM until a step took no longer than those counted
 * @param allocated bytes on the Java heap in a step
 */
public record Speed(
    String engine,
    int threads,
    @JsonProperty("step_ms_median") double stepMedian,
    @JsonProperty("step_ms_min") double stepLeast,
    @JsonProperty("predict_ms_median") Double predictMedian,
    @JsonProperty("images_per_second") double imagesPerSecond,
    @JsonProperty("rss_mb") Double memory,
    @JsonProperty("warm_up_seconds") double warmUp,
    @JsonProperty("full_speed_seconds") double fullSpeed,
    @JsonProperty("allocated_bytes_per_step") long allocated) {

  /** Training images N in the loss; the work does not depend on it. */
  private static final int TRAINING_IMAGES = 60_000;

  /** Steps for each counted prediction, which takes much longer. */
  private static final int STEPS_OF_A_PREDICTION = 10;

  private static final double MOST_WARM_UP_SECONDS = 20;

  /** Steps over which allocation is averaged. */
  private static final int ALLOCATION_STEPS = 10;

  /**
   * The work that is measured.
   *
   * @param batch images of a step and of a prediction
   * @param steps steps that are counted
   * @param samples passes of a prediction; 0 measures none
   * @param optimiser of the weights
   * @param seed of images and noise
   */
  public record Work(int batch, int steps, int samples, OptimiserChoice optimiser, long seed) {}

  /**
   * Measures a module.
   *
   * @param threads that its engine was told to use
   */
  public static Speed of(BayesModule module, Work work, int threads) {
    Batch images = images(module, work);
    Runnable trainOnce = step(module, images, work);
    double started = ManagementFactory.getRuntimeMXBean().getUptime() * 1e-3;
    Stopwatch step = Stopwatch.time(trainOnce, work.steps, MOST_WARM_UP_SECONDS);
    long allocated = Allocation.of(trainOnce, ALLOCATION_STEPS);
    Double predictMedian = work.samples == 0 ? null : predictMedian(module, images, work);
    return new Speed(
        module.engine().name(),
        threads,
        step.medianMillis(),
        step.leastMillis(),
        predictMedian,
        work.batch / step.medianMillis() * 1e3,
        peakMemory(),
        step.warmUpSeconds(),
        started + step.slowSeconds(),
        allocated);
  }

  private static Batch images(BayesModule module, Work work) {
    int size = module.inputShape().size();
    float[] pixels = NoiseKey.training(work.seed, 0).of(0).uniform(0, work.batch, size);
    int[] labels = new int[work.batch];
    for (int i = 0; i < work.batch; i++) {
      labels[i] = i % module.outputShape().size();
    }
    return new Batch(pixels, labels, work.batch, 0);
  }

  private static Runnable step(BayesModule module, Batch images, Work work) {
    TrainingStep step =
        new TrainingStep(
            module.runner(),
            module.network(),
            new TrainingStep.Setup(
                Likelihood.categorical(),
                work.optimiser.optimiser().forTraining(TRAINING_IMAGES, 1),
                TRAINING_IMAGES,
                work.seed,
                1,
                GradientExchange.none()));
    return () -> step.run(images, 1, work.optimiser.learningRate());
  }

  private static double predictMedian(BayesModule module, Batch images, Work work) {
    int runs = Math.max(3, work.steps / STEPS_OF_A_PREDICTION);
    return Stopwatch.time(() -> predict(module, images, work), runs, MOST_WARM_UP_SECONDS)
        .medianMillis();
  }

  private static double[] predict(BayesModule module, Batch images, Work work) {
    int classes = module.outputShape().size();
    double[] mean = new double[work.batch * classes];
    module
        .runner()
        .forward(
            images.images(),
            work.batch,
            NoiseKey.evaluation(work.seed, 0),
            work.samples,
            logits -> {
              double[] probabilities = Normalisation.SOFTMAX.probabilities(logits, classes);
              for (int i = 0; i < mean.length; i++) {
                mean[i] += probabilities[i] / work.samples;
              }
            });
    return mean;
  }

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
}
