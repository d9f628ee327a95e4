package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Likelihood;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Training steps that average several posterior samples inside the logarithm. */
class EnsembleTest {
  private static final Shape.Image IMAGE = Shape.image(2, 9, 8);
  private static final int IMAGES = 6;
  private static final int CLASSES = 3;
  private static final NoiseKey NOISE = NoiseKey.training(2, 5);
  private static final float[] PIXELS =
      NoiseKey.training(1, 2).of(3).uniform(0, IMAGES, IMAGE.size());

  /** {@code -ln} of the mean probability of a label, over samples. */
  private static final Objective NLL =
      (first, count, logits, gradients) -> {
        double sum = 0;
        for (int i = 0; i < count; i++) {
          sum +=
              Likelihood.categorical()
                  .negativeLogLikelihood(
                      logits, i * CLASSES, CLASSES, (first + i) % CLASSES, 10, gradients);
        }
        return sum;
      };

  private final Engine engine = new Nd4jEngine();

  /** Everything that differs between training and evaluation, or between two draws. */
  private static Chain module(Estimator estimator) {
    ModuleOptions options = ModuleOptions.defaults().withSeed(3).withEstimator(estimator);
    return Chain.of(
        DataType.DOUBLE,
        options,
        build -> {
          NetworkLayer conv = build.bayesConv("conv", IMAGE, Filters.of(4, Window.kernel(3, 3)));
          NetworkLayer act = build.activation("act", conv.output(), Activation.SOFTPLUS);
          NetworkLayer norm = build.batchNorm("norm", act.output());
          NetworkLayer dropout = build.dropout("dropout", norm.output(), 0.3);
          NetworkLayer flatten = build.flatten("flatten", dropout.output());
          NetworkLayer fc = build.bayesLinear("fc", flatten.output(), CLASSES, true);
          return List.of(
              new NetworkLayer[] {conv, act},
              new NetworkLayer[] {norm},
              new NetworkLayer[] {dropout},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc});
        });
  }

  /** The definition: all samples forward, the objective, all samples back. */
  private static double allAtOnce(Chain module, int samples) {
    Nd4jPass[] passes = new Nd4jPass[samples];
    float[][] logits = new float[samples][];
    for (int s = 0; s < samples; s++) {
      passes[s] = new Nd4jPass(NOISE.withSample(s), Purpose.TRAINING);
      INDArray x = Nd4j.create(PIXELS, IMAGE.batch(IMAGES), 'c').castTo(DataType.DOUBLE);
      Activations output =
          (Activations) module.network().forward().run(passes[s], new Activations(x, false));
      logits[s] = output.array().dup('c').data().asFloat();
    }
    float[][] gradients = new float[samples][IMAGES * CLASSES];
    double value = NLL.evaluate(0, IMAGES, logits, gradients);
    for (int s = 0; s < samples; s++) {
      INDArray dy =
          Nd4j.create(gradients[s], module.network().output().batch(IMAGES), 'c')
              .castTo(DataType.DOUBLE);
      module.network().backward().run(passes[s], Gradient.of(dy));
    }
    return value;
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void hasTheGradientsAndStatisticsOfAllSamplesAtOnce(Estimator estimator) {
    Chain expected = module(estimator);
    Chain found = module(estimator);
    double value = allAtOnce(expected, 4);
    Engine.Losses losses = engine.gradients(found.network(), PIXELS, IMAGES, NOISE, 4, 0, NLL);
    assertEquals(value, losses.objective(), 1e-12 * value);
    for (int p = 0; p < expected.parameters().size(); p++) {
      Parameter one = expected.parameters().get(p);
      Parameter other = found.parameters().get(p);
      assertArrayEquals(numbers(one.gradient()), numbers(other.gradient()), 1e-12, one.name());
      assertArrayEquals(numbers(one.value()), numbers(other.value()), 1e-12, one.name());
    }
    assertNotEquals(0, found.parameters().get(0).gradient().norm2Number().doubleValue());
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  @Test
  void needsNoMoreMemoryForManySamplesThanForTwo() throws Exception {
    Chain module = module(Estimator.LRT);
    long one = passMemory(module, 1);
    long two = passMemory(module, 2);
    long eight = passMemory(module, 8);
    assertTrue(one > 0, "a pass works in memory that is laid out once");
    assertEquals(two, eight, 0.05 * two);
  }

  /** Bytes of all workspaces of a thread that trained with {@code samples}. */
  private long passMemory(Chain module, int samples) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread
          .submit(
              () -> {
                for (int step = 0; step < 3; step++) { // the first lays the memory out
                  engine.gradients(module.network(), PIXELS, IMAGES, NOISE, samples, 0.1, NLL);
                }
                return Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
                    .mapToLong(MemoryWorkspace::getCurrentSize)
                    .sum();
              })
          .get();
    } finally {
      thread.shutdown();
    }
  }
}
