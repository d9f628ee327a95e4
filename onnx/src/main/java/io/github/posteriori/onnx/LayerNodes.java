package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.ExampleNorm;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import io.github.posteriori.layers.Window;
import io.github.posteriori.onnx.schema.Onnx.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The table of layers and their operators, outside training.
 *
 * @param graph where the nodes go
 * @param estimators how a layer is sampled
 * @param inputs what the layer takes: one output, or several if it joins them
 */
record LayerNodes(GraphDraft graph, Function<AffineLayer, Estimator> estimators, List<Value> inputs)
    implements LayerCases<Value> {

  @Override
  public Value conv(ConvLayer layer) {
    return affine(layer, nodes(layer));
  }

  /** Returns what adds a convolution. */
  AffineNodes nodes(ConvLayer layer) {
    Window window = layer.filters().window();
    return new AffineNodes(
        graph,
        layer,
        "Conv",
        kernel(window),
        strides(window),
        pads(window),
        dilations(window),
        Attributes.integer("group", layer.filters().groups()));
  }

  @Override
  public Value convTranspose(ConvTransposeLayer layer) {
    return nodes(layer).add(withZeros(layer, inputs.get(0)), estimators.apply(layer));
  }

  /**
   * Adds zeros behind the rows and columns of an input of a transposed convolution, for output
   * padding of whole strides, which only a dilation allows: it is the same, and ONNX Runtime 1.23
   * computes such padding wrongly.
   */
  Value withZeros(ConvTransposeLayer layer, Value x) {
    int rows = layer.extraRows() / layer.filters().window().strideRows();
    int columns = layer.extraColumns() / layer.filters().window().strideColumns();
    if (rows == 0 && columns == 0) {
      return x;
    }
    Value pads = graph.integers(layer.name() + ".pads", 0, 0, 0, 0, 0, 0, rows, columns);
    return graph.node(layer.name() + ".with_zeros", "Pad", List.of(x, pads));
  }

  /** Returns what adds a transposed convolution of an input {@link #withZeros}. */
  AffineNodes nodes(ConvTransposeLayer layer) {
    Window window = layer.filters().window();
    return new AffineNodes(
        graph,
        layer,
        "ConvTranspose",
        kernel(window),
        strides(window),
        pads(window),
        dilations(window),
        Attributes.integers(
            "output_padding",
            layer.extraRows() % window.strideRows(),
            layer.extraColumns() % window.strideColumns()),
        Attributes.integer("group", layer.filters().groups()));
  }

  @Override
  public Value linear(LinearLayer layer) {
    return affine(layer, nodes(layer));
  }

  /** Returns what adds a fully connected layer. */
  AffineNodes nodes(LinearLayer layer) {
    return new AffineNodes(graph, layer, "Gemm", Attributes.integer("transB", 1));
  }

  private Value affine(AffineLayer layer, AffineNodes nodes) {
    return nodes.add(inputs.get(0), estimators.apply(layer));
  }

  @Override
  public Value activation(ActivationLayer layer) {
    String name = layer.name();
    return switch (layer.function()) {
      case SOFTPLUS -> graph.node(name, "Softplus", inputs);
      case RELU -> graph.node(name, "Relu", inputs);
      case TANH -> graph.node(name, "Tanh", inputs);
      case GELU -> gelu(name);
      case SILU -> graph.node(name, "Mul", List.of(inputs.get(0), sigmoid(name + ".sigmoid")));
      case LEAKY_RELU ->
          graph.node(
              name, "LeakyRelu", inputs, Attributes.number("alpha", (float) ActivationLayer.LEAK));
      case SIGMOID -> sigmoid(name);
      case IDENTITY -> inputs.get(0);
      case MODEL -> throw ActivationLayer.unresolved();
    };
  }

  private Value sigmoid(String name) {
    return graph.node(name, "Sigmoid", inputs);
  }

  /** Adds x (1 + erf(x / sqrt(2))) / 2; ONNX has an operator for it from opset 20 on. */
  private Value gelu(String name) {
    Value x = inputs.get(0);
    Value scale = graph.tensor(name + ".scale", new float[] {(float) Math.sqrt(0.5)});
    Value scaled = graph.node(name + ".scaled", "Mul", List.of(x, scale));
    Value erf = graph.node(name + ".erf", "Erf", List.of(scaled));
    Value half = graph.tensor(name + ".half", new float[] {0.5f});
    Value halved = graph.node(name + ".halved", "Mul", List.of(x, half));
    Value product = graph.node(name + ".product", "Mul", List.of(halved, erf));
    return graph.node(name, "Add", List.of(halved, product));
  }

  @Override
  public Value pool(PoolLayer layer) {
    Window window = layer.window();
    return switch (layer.taken()) {
      case MAX ->
          graph.node(
              layer.name(),
              "MaxPool",
              inputs,
              kernel(window),
              strides(window),
              pads(window),
              dilations(window));
      case MEAN -> meanPool(layer);
    };
  }

  private Value meanPool(PoolLayer layer) {
    Window window = layer.window();
    if (window.dilationRows() != 1 || window.dilationColumns() != 1) {
      throw new IllegalArgumentException(
          layer.name()
              + " takes means of the window "
              + window
              + ", expected one without dilation, as ONNX's AveragePool has none: leave it out");
    }
    return graph.node(
        layer.name(),
        "AveragePool",
        inputs,
        kernel(window),
        strides(window),
        pads(window),
        Attributes.integer("count_include_pad", 1));
  }

  @Override
  public Value globalAvgPool(GlobalAvgPoolLayer layer) {
    Value means = graph.node(layer.name() + ".image", "GlobalAveragePool", inputs);
    return graph.node(layer.name(), "Flatten", List.of(means), Attributes.integer("axis", 1));
  }

  @Override
  public Value upsample(UpsampleLayer layer) {
    Value scales =
        graph.tensor(
            layer.name() + ".scales", new float[] {1, 1, layer.rows(), layer.columns()}, 4);
    Value noRegion = new Value("", false);
    List<Value> enlarged = List.of(inputs.get(0), noRegion, scales);
    return switch (layer.interpolation()) {
      case NEAREST ->
          graph.node(
              layer.name(),
              "Resize",
              enlarged,
              Attributes.text("mode", "nearest"),
              Attributes.text("coordinate_transformation_mode", "asymmetric"),
              Attributes.text("nearest_mode", "floor"));
      case BILINEAR ->
          graph.node(
              layer.name(),
              "Resize",
              enlarged,
              Attributes.text("mode", "linear"),
              Attributes.text("coordinate_transformation_mode", "half_pixel"));
    };
  }

  @Override
  public Value layerNorm(LayerNormLayer layer) {
    return graph.node(
        layer.name(),
        "LayerNormalization",
        List.of(inputs.get(0), graph.tensor(layer.scale()), graph.tensor(layer.shift())),
        Attributes.integer("axis", 1),
        Attributes.number("epsilon", ExampleNorm.EPSILON));
  }

  /** Adds the normalisation of each group as a channel of its own, and the affine map behind it. */
  @Override
  public Value groupNorm(GroupNormLayer layer) {
    String name = layer.name();
    int channels = layer.scale().size();
    float[] ones = new float[layer.groups()];
    Arrays.fill(ones, 1);
    Value groups =
        graph.node(
            name + ".groups",
            "Reshape",
            List.of(inputs.get(0), graph.integers(name + ".grouped", 0, layer.groups(), -1)));
    Value normal =
        graph.node(
            name + ".normal",
            "InstanceNormalization",
            List.of(
                groups,
                graph.tensor(name + ".ones", ones, layer.groups()),
                graph.tensor(name + ".zeros", new float[layer.groups()], layer.groups())),
            Attributes.number("epsilon", ExampleNorm.EPSILON));
    long[] shape = layer.input().batch(0);
    Value z =
        graph.node(name + ".z", "Reshape", List.of(normal, graph.integers(name + ".shape", shape)));
    long[] perChannel =
        layer.input() instanceof Shape.Image ? new long[] {channels, 1, 1} : new long[] {channels};
    Value scaled =
        graph.node(name + ".scaled", "Mul", List.of(z, graph.tensor(layer.scale(), perChannel)));
    return graph.node(name, "Add", List.of(scaled, graph.tensor(layer.shift(), perChannel)));
  }

  @Override
  public Value flatten(FlattenLayer layer) {
    return graph.node(layer.name(), "Flatten", inputs, Attributes.integer("axis", 1));
  }

  /** Returns the input, of which nothing is dropped outside training. */
  @Override
  public Value dropout(DropoutLayer layer) {
    return inputs.get(0);
  }

  @Override
  public Value batchNorm(BatchNormLayer layer) {
    List<Value> all = new ArrayList<>(inputs);
    layer.parameters().forEach(parameter -> all.add(graph.tensor(parameter)));
    return graph.node(
        layer.name(),
        "BatchNormalization",
        all,
        Attributes.number("epsilon", BatchNormLayer.EPSILON));
  }

  @Override
  public Value add(AddLayer layer) {
    return graph.node(layer.name(), "Sum", inputs);
  }

  @Override
  public Value concat(ConcatLayer layer) {
    return graph.node(layer.name(), "Concat", inputs, Attributes.integer("axis", 1));
  }

  @Override
  public Value custom(CustomLayer layer) {
    throw new IllegalArgumentException(
        layer.name()
            + " is the layer "
            + layer.getClass().getName()
            + ", whose equations are Java, expected layers of the library alone, which ONNX has"
            + " operators for: replace it, or serve the network from Java");
  }

  private static AttributeProto kernel(Window window) {
    return Attributes.integers("kernel_shape", window.rows(), window.columns());
  }

  private static AttributeProto strides(Window window) {
    return Attributes.integers("strides", window.strideRows(), window.strideColumns());
  }

  private static AttributeProto dilations(Window window) {
    return Attributes.integers("dilations", window.dilationRows(), window.dilationColumns());
  }

  /** Returns the pixels added above, left, below and right. */
  private static AttributeProto pads(Window window) {
    int rows = window.paddingRows();
    int columns = window.paddingColumns();
    return Attributes.integers("pads", rows, columns, rows, columns);
  }
}
