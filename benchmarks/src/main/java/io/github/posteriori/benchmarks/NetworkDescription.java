package io.github.posteriori.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.BayesModule;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A network as {@code pytorch_layers.py} reads it: the shape of its input, and its layers with
 * their kinds, elements, and the names of those whose outputs they take.
 *
 * @param batch images of a step
 * @param input channels, height and width, or features
 * @param layers each after those that it takes
 */
record NetworkDescription(int batch, List<Integer> input, List<Map<String, Object>> layers) {
  private static final String INPUT = "input";

  static NetworkDescription of(BayesModule module, int batch) {
    Network network = module.network();
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Stage stage : network.stages()) {
      List<String> from =
          stage.inputs().stream()
              .map(input -> network.stage(input).map(s -> s.last().name()).orElse(INPUT))
              .toList();
      for (NetworkLayer layer : stage.layers()) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", layer.name());
        description.putAll(layer.match(new Elements()));
        description.put("from", from);
        layers.add(description);
        from = List.of(layer.name());
      }
    }
    return new NetworkDescription(batch, sizes(network.input()), layers);
  }

  private static List<Integer> sizes(Shape shape) {
    return shape instanceof Shape.Image image
        ? List.of(image.channels(), image.height(), image.width())
        : List.of(shape.size());
  }

  /** Returns the description as one line of JSON. */
  String json() {
    try {
      return new ObjectMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of strings and numbers is always JSON", e);
    }
  }

  /** The kind and the elements of a layer. */
  private static final class Elements implements LayerCases<Map<String, Object>> {
    @Override
    public Map<String, Object> conv(ConvLayer layer) {
      Window window = layer.filters().window();
      Map<String, Object> elements = affine("conv", layer, layer.filters().out());
      elements.putAll(slid(window));
      elements.put("dilation", List.of(window.dilationRows(), window.dilationColumns()));
      elements.put("groups", layer.filters().groups());
      return elements;
    }

    @Override
    public Map<String, Object> convTranspose(ConvTransposeLayer layer) {
      Window window = layer.filters().window();
      Map<String, Object> elements = affine("conv_transpose", layer, layer.filters().out());
      elements.putAll(slid(window));
      elements.put("output_padding", List.of(layer.extraRows(), layer.extraColumns()));
      elements.put("dilation", List.of(window.dilationRows(), window.dilationColumns()));
      elements.put("groups", layer.filters().groups());
      return elements;
    }

    @Override
    public Map<String, Object> linear(LinearLayer layer) {
      return affine("linear", layer, layer.output().size());
    }

    /** A point estimate has ordinary weights there: what it does not use is not sampled. */
    private static Map<String, Object> affine(String kind, AffineLayer layer, int out) {
      boolean plain = layer.estimator() == Estimator.POINT;
      Map<String, Object> elements = new LinkedHashMap<>(Map.of("kind", kind));
      elements.put("out", out);
      elements.put("bias", layer.bias().isPresent());
      elements.put("estimator", plain ? "plain" : lower(layer.estimator()));
      return elements;
    }

    private static Map<String, Object> slid(Window window) {
      Map<String, Object> elements = new LinkedHashMap<>();
      elements.put("kernel", List.of(window.rows(), window.columns()));
      elements.put("stride", List.of(window.strideRows(), window.strideColumns()));
      elements.put("padding", List.of(window.paddingRows(), window.paddingColumns()));
      return elements;
    }

    private static String lower(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<String, Object> activation(ActivationLayer layer) {
      return Map.of("kind", "activation", "function", lower(layer.function()));
    }

    @Override
    public Map<String, Object> pool(PoolLayer layer) {
      boolean max = layer.taken() == PoolLayer.Kind.MAX;
      Map<String, Object> elements = slid(layer.window());
      elements.put("kind", max ? "max_pool" : "avg_pool");
      return elements;
    }

    @Override
    public Map<String, Object> globalAvgPool(GlobalAvgPoolLayer layer) {
      return Map.of("kind", "global_avg_pool");
    }

    @Override
    public Map<String, Object> upsample(UpsampleLayer layer) {
      return Map.of(
          "kind",
          "upsample",
          "scale",
          List.of(layer.rows(), layer.columns()),
          "mode",
          lower(layer.interpolation()));
    }

    @Override
    public Map<String, Object> layerNorm(LayerNormLayer layer) {
      return Map.of("kind", "layer_norm");
    }

    @Override
    public Map<String, Object> groupNorm(GroupNormLayer layer) {
      return Map.of("kind", "group_norm", "groups", layer.groups());
    }

    @Override
    public Map<String, Object> flatten(FlattenLayer layer) {
      return Map.of("kind", "flatten");
    }

    @Override
    public Map<String, Object> dropout(DropoutLayer layer) {
      return Map.of("kind", "dropout", "probability", layer.probability());
    }

    @Override
    public Map<String, Object> batchNorm(BatchNormLayer layer) {
      return Map.of("kind", "batch_norm");
    }

    @Override
    public Map<String, Object> add(AddLayer layer) {
      return Map.of("kind", "add");
    }

    @Override
    public Map<String, Object> concat(ConcatLayer layer) {
      return Map.of("kind", "concat");
    }

    @Override
    public Map<String, Object> custom(CustomLayer layer) {
      throw new IllegalArgumentException(
          layer.name()
              + " is a custom layer, expected those of the library: nobody else has a layer like"
              + " it");
    }
  }
}
