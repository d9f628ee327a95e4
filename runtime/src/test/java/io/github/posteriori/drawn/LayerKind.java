package io.github.posteriori.drawn;

import io.github.posteriori.Scale;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.build.Variational;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A kind of layer with its elements, as an annotation states it. */
public sealed interface LayerKind {

  /** The possible places of a layer in a stage, as generated code cuts them. */
  enum Place {
    LEADS,
    FOLLOWS,
    ALONE
  }

  /** The name of the annotation. */
  String annotation();

  /** The elements of the annotation but for its inputs, such as {@code kernel = 3}. */
  List<String> elements();

  NetworkLayer make(ModuleBuilder build, String name, Shape... inputs);

  default Place place() {
    return Place.ALONE;
  }

  /** The type of the field. */
  default String type() {
    return "Layer";
  }

  default String annotation(List<String> from, boolean states) {
    List<String> all = new ArrayList<>(elements());
    if (states) {
      all.add("from = \"" + from.get(0) + "\"");
    }
    return "@" + annotation() + (all.isEmpty() ? "" : "(" + String.join(", ", all) + ")");
  }

  /** Weights of one number each, or a posterior over each. */
  sealed interface Affine extends LayerKind {
    Inference inference();

    @Override
    default Place place() {
      return Place.LEADS;
    }
  }

  /**
   * How weights are inferred.
   *
   * @param bayesian whether there is a posterior over each weight
   * @param estimator what the field states, if anything
   */
  record Inference(boolean bayesian, Optional<Estimator> estimator) {
    private Variational stated() {
      return new Variational(estimator, Optional.empty());
    }

    private void element(List<String> elements) {
      estimator.ifPresent(e -> elements.add("estimator = Estimator." + e));
    }
  }

  record Conv(Inference inference, Filters filters) implements Affine {
    @Override
    public String annotation() {
      return inference.bayesian() ? "BayesConv" : "Conv";
    }

    @Override
    public List<String> elements() {
      List<String> elements = new ArrayList<>(List.of("out = " + filters.out()));
      elements.addAll(stated(filters.window()));
      if (filters.groups() > 1) {
        elements.add("groups = " + filters.groups());
      }
      if (!filters.bias()) {
        elements.add("bias = false");
      }
      inference.element(elements);
      return elements;
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return inference.bayesian()
          ? build.bayesConv(name, inputs[0], filters, inference.stated())
          : build.conv(name, inputs[0], filters);
    }
  }

  record Linear(Inference inference, int out, boolean bias) implements Affine {
    @Override
    public String annotation() {
      return inference.bayesian() ? "BayesLinear" : "Linear";
    }

    @Override
    public List<String> elements() {
      List<String> elements = new ArrayList<>(List.of("out = " + out));
      if (!bias) {
        elements.add("bias = false");
      }
      inference.element(elements);
      return elements;
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return inference.bayesian()
          ? build.bayesLinear(name, inputs[0], out, bias, inference.stated())
          : build.linear(name, inputs[0], out, bias);
    }
  }

  record Pool(PoolLayer.Kind taken, Window window) implements LayerKind {
    @Override
    public String annotation() {
      return taken == PoolLayer.Kind.MAX ? "MaxPool" : "AvgPool";
    }

    @Override
    public List<String> elements() {
      return stated(window);
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return taken == PoolLayer.Kind.MAX
          ? build.maxPool(name, inputs[0], window)
          : build.avgPool(name, inputs[0], window);
    }

    @Override
    public Place place() {
      return Place.FOLLOWS;
    }
  }

  record Activate(Activation function) implements LayerKind {
    @Override
    public String annotation() {
      return "Activate";
    }

    @Override
    public List<String> elements() {
      return List.of("value = Activation." + function);
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.activation(name, inputs[0], function);
    }

    @Override
    public Place place() {
      return Place.FOLLOWS;
    }
  }

  record Flatten() implements LayerKind {
    @Override
    public String annotation() {
      return "Flatten";
    }

    @Override
    public List<String> elements() {
      return List.of();
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.flatten(name, inputs[0]);
    }
  }

  record BatchNorm() implements LayerKind {
    @Override
    public String annotation() {
      return "BatchNorm";
    }

    @Override
    public List<String> elements() {
      return List.of();
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.batchNorm(name, inputs[0]);
    }
  }

  record LayerNorm() implements LayerKind {
    @Override
    public String annotation() {
      return "LayerNorm";
    }

    @Override
    public List<String> elements() {
      return List.of();
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.layerNorm(name, inputs[0]);
    }
  }

  record GroupNorm(int groups) implements LayerKind {
    @Override
    public String annotation() {
      return "GroupNorm";
    }

    @Override
    public List<String> elements() {
      return List.of("groups = " + groups);
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.groupNorm(name, inputs[0], groups);
    }
  }

  record GlobalAvgPool() implements LayerKind {
    @Override
    public String annotation() {
      return "GlobalAvgPool";
    }

    @Override
    public List<String> elements() {
      return List.of();
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.globalAvgPool(name, inputs[0]);
    }

    @Override
    public Place place() {
      return Place.FOLLOWS;
    }
  }

  record Upsample(int rows, int columns) implements LayerKind {
    @Override
    public String annotation() {
      return "Upsample";
    }

    @Override
    public List<String> elements() {
      return List.of("scale = " + pair(rows, columns));
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.upsample(name, inputs[0], rows, columns);
    }
  }

  record Dropout(double probability) implements LayerKind {
    @Override
    public String annotation() {
      return "Dropout";
    }

    @Override
    public List<String> elements() {
      return List.of("value = " + probability);
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.dropout(name, inputs[0], probability);
    }
  }

  /** A layer of a user's own, one factor times its input. */
  record Custom() implements LayerKind {
    @Override
    public String annotation() {
      return "Custom";
    }

    @Override
    public List<String> elements() {
      return List.of();
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return build.custom(() -> new Scale(build.name(name), inputs[0]));
    }

    @Override
    public String type() {
      return "Scale";
    }
  }

  /**
   * A layer that takes several outputs.
   *
   * @param adds whether it adds them or puts them side by side
   */
  record Join(boolean adds) implements LayerKind {
    @Override
    public String annotation() {
      return adds ? "Add" : "Concat";
    }

    @Override
    public List<String> elements() {
      return List.of();
    }

    @Override
    public String annotation(List<String> from, boolean states) {
      return from.stream()
          .map(name -> "\"" + name + "\"")
          .collect(Collectors.joining(", ", "@" + annotation() + "({", "})"));
    }

    @Override
    public NetworkLayer make(ModuleBuilder build, String name, Shape... inputs) {
      return adds ? build.add(name, inputs) : build.concat(name, inputs);
    }

    @Override
    public Place place() {
      return Place.LEADS;
    }
  }

  private static List<String> stated(Window window) {
    List<String> elements = new ArrayList<>();
    elements.add("kernel = " + pair(window.rows(), window.columns()));
    elements.add("stride = " + pair(window.strideRows(), window.strideColumns()));
    if (window.paddingRows() + window.paddingColumns() > 0) {
      elements.add("padding = " + pair(window.paddingRows(), window.paddingColumns()));
    }
    if (window.dilationRows() * window.dilationColumns() > 1) {
      elements.add("dilation = " + pair(window.dilationRows(), window.dilationColumns()));
    }
    return elements;
  }

  private static String pair(int rows, int columns) {
    return rows == columns ? String.valueOf(rows) : "{" + rows + ", " + columns + "}";
  }
}
