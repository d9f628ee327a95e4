package io.github.posteriori;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Every kind of layer, in the shapes that are easily got wrong. */
public final class LayerCatalogue {
  public static final Shape.Image IMAGE = Shape.image(4, 7, 6);
  public static final Shape.Features FEATURES = Shape.features(9);

  private LayerCatalogue() {}

  /** Layers of weights; the names of Bayesian ones begin so. */
  public static Map<String, Function<ModuleBuilder, NetworkLayer>> affine() {
    Map<String, Function<ModuleBuilder, NetworkLayer>> layers = new LinkedHashMap<>();
    Window plain = Window.kernel(3, 3);
    Map<String, Filters> filters = new LinkedHashMap<>();
    filters.put("conv", Filters.of(5, plain));
    filters.put("conv without bias", Filters.of(5, plain).withoutBias());
    filters.put("conv, kernel 2x3", Filters.of(5, Window.kernel(2, 3)));
    filters.put(
        "conv, kernel 3x2, stride 2x1, padding 1x2",
        Filters.of(3, Window.kernel(3, 2).stride(2, 1).padding(1, 2)));
    filters.put("conv, dilation 2x1", Filters.of(3, plain.dilation(2, 1)));
    filters.put(
        "conv, dilation 1x2, stride 1x2",
        Filters.of(3, Window.kernel(2, 2).dilation(1, 2).stride(1, 2)));
    filters.put(
        "conv, kernel 1x3, dilation 2x2", Filters.of(3, Window.kernel(1, 3).dilation(2, 2)));
    filters.put("conv, 2 groups", Filters.of(6, plain).groups(2));
    filters.put(
        "conv, 4 groups, no bias", Filters.of(4, Window.kernel(3, 2)).groups(4).withoutBias());
    filters.forEach(
        (name, f) -> {
          layers.put("Bayesian " + name, build -> build.bayesConv("layer", IMAGE, f));
          layers.put("deterministic " + name, build -> build.conv("layer", IMAGE, f));
        });
    Window halving = Window.kernel(3, 2).stride(2, 3).padding(1, 0);
    Map<String, Filters> transposed = new LinkedHashMap<>();
    transposed.put("3x2, stride 2x3, no bias", Filters.of(3, halving).withoutBias());
    transposed.put("2 groups, dilation 2x1", Filters.of(6, plain.dilation(2, 1)).groups(2));
    transposed.forEach(
        (name, f) -> {
          int rows = f.window().strideRows() - 1;
          int columns = f.window().strideColumns() - 1;
          layers.put(
              "Bayesian transposed conv, " + name,
              build -> build.bayesConvTranspose("layer", IMAGE, f, rows, columns));
          layers.put(
              "deterministic transposed conv, " + name,
              build -> build.convTranspose("layer", IMAGE, f, rows, columns));
        });
    for (boolean bias : new boolean[] {true, false}) {
      String name = "linear, bias " + bias;
      layers.put("Bayesian " + name, build -> build.bayesLinear("layer", FEATURES, 5, bias));
      layers.put("deterministic " + name, build -> build.linear("layer", FEATURES, 5, bias));
    }
    return layers;
  }

  /** Layers without weights to sample. */
  public static Map<String, Function<ModuleBuilder, NetworkLayer>> others() {
    Map<String, Function<ModuleBuilder, NetworkLayer>> layers = new LinkedHashMap<>();
    for (Activation function : Activation.values()) {
      if (function != Activation.MODEL) {
        layers.put(function.toString(), build -> build.activation("layer", IMAGE, function));
      }
    }
    Window window = Window.kernel(3, 2).stride(2, 1).padding(1, 0);
    layers.put("max-pool", build -> build.maxPool("layer", IMAGE, window));
    layers.put("mean-pool", build -> build.avgPool("layer", IMAGE, window));
    layers.put("batch norm of an image", build -> build.batchNorm("layer", IMAGE));
    layers.put("batch norm of features", build -> build.batchNorm("layer", FEATURES));
    layers.put("layer norm of an image", build -> build.layerNorm("layer", IMAGE));
    layers.put("layer norm of features", build -> build.layerNorm("layer", FEATURES));
    layers.put("group norm, 1 group", build -> build.groupNorm("layer", IMAGE, 1));
    layers.put("group norm, 2 groups", build -> build.groupNorm("layer", IMAGE, 2));
    layers.put("group norm, each channel", build -> build.groupNorm("layer", IMAGE, 4));
    layers.put("group norm of features", build -> build.groupNorm("layer", FEATURES, 3));
    layers.put("global mean-pool", build -> build.globalAvgPool("layer", IMAGE));
    layers.put("upsample", build -> build.upsample("layer", IMAGE, 2, 3));
    layers.put(
        "bilinear upsample", build -> build.upsample("layer", IMAGE, 2, 3, Interpolation.BILINEAR));
    layers.put("dropout", build -> build.dropout("layer", IMAGE, 0.4));
    layers.put("flatten", build -> build.flatten("layer", IMAGE));
    return layers;
  }
}
