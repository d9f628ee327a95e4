package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.TorchFile;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Layers compute what PyTorch's own do, of the same weights; {@code layers.py} made the numbers.
 */
abstract class PyTorchContract {
  private static final Shape.Image IMAGE = Shape.image(4, 3, 5);
  private static final int IMAGES = 3;
  private static final float TOLERANCE = 4e-6f;

  /** The name of the engine under test. */
  protected abstract String engine();

  private static Map<String, Function<ModuleBuilder, NetworkLayer>> layers() {
    Map<String, Function<ModuleBuilder, NetworkLayer>> layers = new LinkedHashMap<>();
    for (Activation function : Activation.values()) {
      if (function != Activation.MODEL) {
        layers.put(function.name(), build -> build.activation("layer", IMAGE, function));
      }
    }
    layers.put("layer_norm", build -> build.layerNorm("layer", IMAGE));
    layers.put("group_norm", build -> build.groupNorm("layer", IMAGE, 2));
    layers.put("global_avg_pool", build -> build.globalAvgPool("layer", IMAGE));
    layers.put("upsample", build -> build.upsample("layer", IMAGE, 2, 3));
    layers.put(
        "upsample_bilinear", build -> build.upsample("layer", IMAGE, 2, 3, Interpolation.BILINEAR));
    return layers;
  }

  @TestFactory
  Stream<DynamicTest> computesTheSame() {
    Map<String, Tensor> numbers = numbers();
    return layers().entrySet().stream()
        .map(
            layer ->
                DynamicTest.dynamicTest(
                    layer.getKey(), () -> agrees(layer.getKey(), layer.getValue(), numbers)));
  }

  private void agrees(
      String name, Function<ModuleBuilder, NetworkLayer> layer, Map<String, Tensor> numbers) {
    BayesModule module = Net.alone(ModuleOptions.defaults().withEngine(engine()), layer);
    for (Parameter parameter : module.parameters()) {
      Tensor tensor = numbers.get(parameter.name().replaceFirst("layer", name));
      assertArrayEquals(tensor.shape(), parameter.shape(), parameter.name());
      parameter.write(tensor.values());
    }
    NoiseKey noise = NoiseKey.evaluation(0, 0);
    float[] expected = numbers.get(name + ".y").values();
    float[] x = numbers.get("x").values();
    assertArrayEquals(expected, module.runner().forward(x, IMAGES, noise), TOLERANCE);
    float[] many = new float[30 * x.length]; // enough for the layout of large batches
    for (int i = 0; i < many.length; i++) {
      many[i] = x[i % x.length];
    }
    float[] found = module.runner().forward(many, 30 * IMAGES, noise);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i % expected.length], found[i], TOLERANCE, "number " + i);
    }
  }

  private static Map<String, Tensor> numbers() {
    try {
      Path file = Path.of(PyTorchContract.class.getResource("/torch/layers.pt").toURI());
      return TorchFile.read(file).tensors();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
