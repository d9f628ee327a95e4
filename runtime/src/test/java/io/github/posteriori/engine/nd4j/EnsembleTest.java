package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Targets;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.Likelihood.Target;
import io.github.posteriori.noise.NoiseKey;
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
          Targets label = new Targets.Labels(new int[] {(first + i) % CLASSES});
          sum +=
              Likelihood.categorical()
                  .negativeLogLikelihood(
                      logits, i * CLASSES, new Target(label, 0, CLASSES), 10, gradients);
        }
        return sum;
      };

  /** Everything that differs between training and evaluation, or between two draws. */
  private static Chain module(Estimator estimator) {
    ModuleOptions options = ModuleOptions.defaults().withSeed(3).withEstimator(estimator);
    return Chain.of(
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
  private static double allAtOnce(Chain module, Nd4jRunner runner, int samples) {
    Nd4jPass[] passes = new Nd4jPass[samples];
    float[][] logits = new float[samples][];
    for (int s = 0; s < samples; s++) {
      passes[s] = runner.pass(NOISE.withSample(s), Purpose.TRAINING, (layer, output) -> {});
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
    Chain module = module(estimator);
    Chain twin = module(estimator);
    Nd4jRunner expected = new Nd4jRunner(module.network(), DataType.DOUBLE);
    Nd4jRunner found = new Nd4jRunner(twin.network(), DataType.DOUBLE);
    double value = allAtOnce(module, expected, 4);
    Losses losses = found.gradients(new StepRequest(PIXELS, IMAGES, NOISE, 4, 0, NLL));
    assertEquals(value, losses.objective(), 1e-12 * value);
    for (int p = 0; p < module.parameters().size(); p++) {
      Parameter one = module.parameters().get(p);
      Parameter other = twin.parameters().get(p);
      assertArrayEquals(
          numbers(expected.arrays().gradient(one)),
          numbers(found.arrays().gradient(other)),
          1e-12,
          one.name());
      assertArrayEquals(
          numbers(expected.arrays().value(one)),
          numbers(found.arrays().value(other)),
          1e-12,
          one.name());
    }
    INDArray first = found.arrays().gradient(twin.parameters().get(0));
    assertNotEquals(0, first.norm2Number().doubleValue());
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  @Test
  void needsNoMoreMemoryForManySamplesThanForTwo() throws Exception {
    Nd4jRunner runner = new Nd4jRunner(module(Estimator.LRT).network(), DataType.DOUBLE);
    long one = passMemory(runner, 1);
    long two = passMemory(runner, 2);
    long eight = passMemory(runner, 8);
    assertTrue(one > 0, "a pass works in memory that is laid out once");
    assertEquals(two, eight, 0.05 * two);
  }

  /** Bytes of all workspaces of a thread that trained with {@code samples}. */
  private static long passMemory(Nd4jRunner runner, int samples) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread
          .submit(
              () -> {
                for (int step = 0; step < 3; step++) { // the first lays the memory out
                  runner.gradients(new StepRequest(PIXELS, IMAGES, NOISE, samples, 0.1, NLL));
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
