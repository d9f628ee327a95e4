package io.github.posteriori.benchmarks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import io.github.posteriori.noise.NoiseKey;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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

/** Measures the time of a prediction for one image, as in a service. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class ServingBenchmark {
  private static final int CLASSES = 10;

  /** The shipped network. */
  @Param({"lenet", "alexnet"})
  public String net;

  /** The estimator that samples its weights. */
  @Param({"LRT", "BBB"})
  public Estimator estimator;

  /** The number of posterior samples of a prediction. */
  @Param({"1", "25"})
  public int samples;

  private BayesModule module;
  private INDArray image;

  /** Creates the network and one random image. */
  @Setup
  public void prepare() {
    ShippedNet shipped = ShippedNet.find(net).orElseThrow();
    int channels = shipped == ShippedNet.LENET ? 1 : 3;
    ModuleOptions options = ModuleOptions.defaults().withSeed(1).withEstimator(estimator);
    module = shipped.create(Kind.BAYESIAN, channels, CLASSES, options);
    int size = module.inputShape().size();
    float[] pixels = NoiseKey.training(1, 0).of(0).uniform(0, 1, size);
    image = Nd4j.create(pixels, module.inputShape().batch(1), 'c');
  }

  /** Computes probabilities and their uncertainty. */
  @Benchmark
  public Object predict() {
    return module.predict(image, samples);
  }

  /** Computes logits and KL of one sample, independent of {@link #samples}. */
  @Benchmark
  public Object forward() {
    return module.forward(image);
  }
}
