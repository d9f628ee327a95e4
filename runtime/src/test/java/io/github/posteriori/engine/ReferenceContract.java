package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An engine computes what the nd4j engine defines, within float rounding. */
public abstract class ReferenceContract {
  private static final NoiseKey TRAINING = NoiseKey.training(5, 17);
  private static final NoiseKey EVALUATION = NoiseKey.evaluation(3, 2).withFirstImage(11);
  private static final double BETA = 0.7;

  /** Not in order, so that what a large batch leaves in memory would be seen in a small one. */
  private static final int[] BATCHES = {33, 130, 7, 64, 16, 1};

  /** One image, full lanes of them, more, and a rest. */
  private static final int[] BATCHES_OF_SEVERAL_SAMPLES = {33, 130, 64, 1};

  /** Images that an engine may run in a layout of their own. */
  private static final int FEW = 4;

  /** The name of the engine under test. */
  protected abstract String engine();

  /** Networks that are tried with one sample. */
  protected List<Net> layers() {
    return Net.everyLayer();
  }

  /** Networks that are tried with several samples too. */
  protected List<Net> networks() {
    return Net.networks();
  }

  @TestFactory
  Stream<DynamicTest> outsideTraining() {
    return all().map(net -> DynamicTest.dynamicTest(net.name(), () -> forward(net, EVALUATION)));
  }

  @TestFactory
  Stream<DynamicTest> outsideTrainingWithDropout() {
    return Net.withDropout().stream()
        .map(
            net ->
                DynamicTest.dynamicTest(net.name(), () -> forward(net, EVALUATION.withDropout())));
  }

  @TestFactory
  Stream<DynamicTest> inTraining() {
    return all().map(net -> DynamicTest.dynamicTest(net.name(), () -> gradients(net, 1, BATCHES)));
  }

  @TestFactory
  Stream<DynamicTest> inTrainingWithThreeSamples() {
    return networks().stream()
        .map(
            net ->
                DynamicTest.dynamicTest(
                    net.name(), () -> gradients(net, 3, BATCHES_OF_SEVERAL_SAMPLES)));
  }

  private Stream<Net> all() {
    return Stream.concat(layers().stream(), networks().stream());
  }

  private void forward(Net net, NoiseKey key) {
    BayesModule expected = make(net, "nd4j");
    BayesModule found = make(net, engine());
    assertClose("KL", new float[] {(float) expected.kl()}, new float[] {(float) found.kl()}, 1e-5);
    for (int count : BATCHES) {
      float[] images = random(1, count * expected.inputShape().size());
      List<float[]> samples = new ArrayList<>();
      found.runner().forward(images, count, key, 19, samples::add);
      for (int s : new int[] {0, 1, 7, 8, 18}) {
        float[] logits = expected.runner().forward(images, count, key.plusSamples(s));
        assertClose("sample " + s + " of " + count + " images", logits, samples.get(s), 2e-5);
      }
      float[] one = found.runner().forward(images, count, key);
      // The same numbers, unless an engine runs few images in another layout than many lanes.
      double tolerance = count > FEW ? 0 : 2e-5;
      assertClose("one sample of " + count + " images", samples.get(0), one, tolerance);
    }
  }

  /** Compares losses, gradients and running statistics over batches of several sizes. */
  protected final void gradients(Net net, int samples, int... batches) {
    BayesModule expected = make(net, "nd4j");
    BayesModule found = make(net, engine());
    for (int count : batches) {
      float[] images = random(1, count * expected.inputShape().size());
      float[] weights = random(2, count * expected.outputShape().size());
      Losses definition = losses(expected, images, count, samples, weights);
      Losses losses = losses(found, images, count, samples, weights);
      String where = " with " + count + " images";
      assertClose(
          "the loss" + where,
          new float[] {(float) definition.objective(), (float) definition.kl()},
          new float[] {(float) losses.objective(), (float) losses.kl()},
          1e-4);
      for (int p = 0; p < expected.parameters().size(); p++) {
        Parameter parameter = expected.parameters().get(p);
        Parameter same = found.parameters().get(p);
        if (parameter.trained()) {
          assertClose(
              "the gradient of " + parameter.name() + where,
              Numbers.gradients(parameter),
              Numbers.gradients(same),
              2e-4);
        }
        assertClose(parameter.name() + where, Numbers.of(parameter), Numbers.of(same), 1e-5);
      }
    }
  }

  private static Losses losses(
      BayesModule module, float[] images, int count, int samples, float[] weights) {
    Objective weightedSum =
        (first, some, logits, gradients) -> {
          int classes = module.outputShape().size();
          double sum = 0;
          for (int s = 0; s < logits.length; s++) {
            for (int i = 0; i < some * classes; i++) {
              float weight = weights[first * classes + i] * (s + 1);
              gradients[s][i] = weight;
              sum += weight * logits[s][i];
            }
          }
          return sum;
        };
    return module
        .runner()
        .gradients(new StepRequest(images, count, TRAINING, samples, BETA, weightedSum));
  }

  private static BayesModule make(Net net, String engine) {
    return net.make().apply(ModuleOptions.defaults().withSeed(3).withEngine(engine));
  }

  private static float[] random(int stream, int count) {
    return NoiseKey.training(9, stream).of(0).normal(0, 1, count);
  }

  private static void assertClose(String what, float[] expected, float[] found, double tolerance) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(expected[i] - found[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertTrue(expected.length == found.length, what + ": " + found.length + " numbers");
    assertTrue(
        Math.sqrt(error) <= tolerance * Math.max(Math.sqrt(norm), Math.sqrt(expected.length)),
        what + " is off by " + Math.sqrt(error) + " of " + Math.sqrt(norm));
  }
}
