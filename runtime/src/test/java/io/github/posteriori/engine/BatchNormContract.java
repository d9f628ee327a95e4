package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a batch whose values of a channel are all the same, above all in one that has a single value,
 * z = x - mean is 0 exactly, whatever x. So y = beta, d beta = sum dy, d gamma = 0 and dx = 0, and
 * nothing of that is a matter of rounding: behind an a x + b that is, a ReLU would be open by
 * chance.
 */
abstract class BatchNormContract {
  private static final int FEATURES = 5;

  /** The mean of so many equal floats, summed as floats, differs from them. */
  private static final int MANY = 77;

  protected abstract String engine();

  /** A linear layer, and a batch normalisation of what it gives for equal images. */
  private Chain features(boolean activates) {
    return Chain.of(
        ModuleOptions.defaults().withEngine(engine()),
        build -> {
          NetworkLayer linear = build.linear("linear", Shape.features(3), FEATURES, true);
          NetworkLayer norm = build.batchNorm("norm", linear.output());
          return activates
              ? stages(linear, norm, build.activation("act", norm.output(), Activation.RELU))
              : stages(linear, norm);
        });
  }

  private static List<NetworkLayer[]> stages(NetworkLayer... layers) {
    return Arrays.stream(layers).map(layer -> new NetworkLayer[] {layer}).toList();
  }

  private static Parameter parameter(Chain module, String name) {
    return module.parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The outputs of a step of training on equal images, in which each gradient by them is 1. */
  private static float[] step(Chain module, int count) {
    int outputs = module.outputShape().size();
    float[] seen = new float[count * outputs];
    Objective sum =
        (first, some, logits, gradients) -> {
          System.arraycopy(logits[0], 0, seen, first * outputs, some * outputs);
          Arrays.fill(gradients[0], 1);
          return 0;
        };
    float[] image = NoiseKey.training(1, 2).of(3).normal(0, 1, module.inputShape().size());
    float[] images = new float[count * image.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(image, 0, images, i * image.length, image.length);
    }
    NoiseKey noise = NoiseKey.training(4, 0);
    module.runner().gradients(new StepRequest(images, count, noise, 1, 0, sum));
    return seen;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, MANY})
  void givesBetaForValuesThatAreAllTheSame(int count) {
    Chain module = features(false);
    float[] beta = {0.3f, -0.1f, 0, 7.7f, 1e-4f};
    parameter(module, "norm.bias").write(beta);
    parameter(module, "linear.bias").write(new float[] {1.1f, 30.3f, -2.7f, 0.1f, 900.7f});
    float[] y = step(module, count);
    for (int i = 0; i < count; i++) {
      assertArrayEquals(beta, Arrays.copyOfRange(y, i * FEATURES, (i + 1) * FEATURES), 0f);
    }
    assertArrayEquals(constant(count), Numbers.gradients(parameter(module, "norm.bias")), 0f);
    for (String name : List.of("norm.weight", "linear.weight", "linear.bias")) {
      Parameter parameter = parameter(module, name);
      assertArrayEquals(new float[parameter.size()], Numbers.gradients(parameter), 0f, name);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, MANY})
  void opensNoReluByChance(int count) {
    Chain module = features(true);
    parameter(module, "linear.bias").write(new float[] {1.1f, 30.3f, -2.7f, 0.1f, 900.7f});
    assertArrayEquals(new float[count * FEATURES], step(module, count), 0f);
    for (Parameter parameter : module.parameters()) {
      assertArrayEquals(new float[parameter.size()], Numbers.gradients(parameter), 0f);
    }
  }

  @Test
  void keepsNoVarianceOfASingleValue() {
    Chain module = features(false);
    step(module, 1);
    assertArrayEquals(constant(1), Numbers.of(parameter(module, "norm.running_var")), 0f);
    step(module, 2);
    assertArrayEquals(constant(0.9f), Numbers.of(parameter(module, "norm.running_var")), 1e-7f);
  }

  @Test
  void countsThePixelsOfOneImage() {
    Chain module = Chain.of(ModuleOptions.defaults().withEngine(engine()), this::image);
    step(module, 1);
    float[] variances = Numbers.of(parameter(module, "norm.running_var"));
    for (float variance : variances) {
      assertNotEquals(1f, variance);
    }
  }

  private List<NetworkLayer[]> image(ModuleBuilder build) {
    NetworkLayer conv =
        build.conv("conv", Shape.image(2, 3, 2), Filters.of(3, Window.kernel(2, 2)));
    return stages(conv, build.batchNorm("norm", conv.output()));
  }

  private static float[] constant(float value) {
    float[] all = new float[FEATURES];
    Arrays.fill(all, value);
    return all;
  }
}
