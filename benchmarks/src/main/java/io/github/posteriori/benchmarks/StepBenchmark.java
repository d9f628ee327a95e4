package io.github.posteriori.benchmarks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.GradientExchange;
import io.github.posteriori.train.TrainingStep;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Measures training steps and predictions of the shipped networks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class StepBenchmark {
  private static final int CLASSES = 10;

  @Param({"lenet", "3conv3fc", "alexnet"})
  String net;

  @Param({"LRT", "BBB", "POINT"})
  Estimator estimator;

  @Param({"vector", "nd4j"})
  String engine;

  @Param("256")
  int batch;

  @Param("25")
  int samples;

  private BayesModule module;
  private Batch images;
  private TrainingStep step;

  /** Creates the network and a batch of random images. */
  @Setup
  public void prepare() {
    ShippedNet shipped = ShippedNet.find(net).orElseThrow();
    ModuleOptions options =
        ModuleOptions.defaults().withSeed(1).withEngine(engine).withEstimator(estimator);
    module = shipped.create(Kind.BAYESIAN, shipped.channels(), CLASSES, options);
    float[] pixels = NoiseKey.training(1, 0).of(0).uniform(0, batch, module.inputShape().size());
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % CLASSES;
    }
    images = new Batch(pixels, labels, batch, 0);
    step =
        new TrainingStep(
            module.runner(),
            module.network(),
            new TrainingStep.Setup(
                Likelihood.categorical(), Optimiser.adam(), 60_000, 1, 1, GradientExchange.none()));
  }

  /** Runs forward, loss, backward and Adam. */
  @Benchmark
  public Object step() {
    return step.run(images, 1, 1e-3);
  }

  /** Computes the logits of many posterior samples. */
  @Benchmark
  public void predict(Blackhole sink) {
    module
        .runner()
        .forward(images.images(), batch, NoiseKey.evaluation(1, 0), samples, sink::consume);
  }
}
