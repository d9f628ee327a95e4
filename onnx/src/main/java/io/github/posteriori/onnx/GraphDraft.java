package io.github.posteriori.onnx;

import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.onnx.schema.Onnx.AttributeProto;
import io.github.posteriori.onnx.schema.Onnx.GraphProto;
import io.github.posteriori.onnx.schema.Onnx.NodeProto;
import io.github.posteriori.onnx.schema.Onnx.TensorProto;
import io.github.posteriori.onnx.schema.Onnx.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A graph in the making. A node goes where its inputs are: what is drawn anew for each posterior
 * sample, and all that follows from it, into the body of a loop over the samples; everything else
 * runs once.
 */
final class GraphDraft {
  /** ONNX states a seed as a float, which holds every integer below. */
  private static final int SEEDS = 1 << 24;

  private final GraphProto.Builder graph;
  private final List<NodeProto> perSample = new ArrayList<>();
  private final Set<String> computedOnce = new HashSet<>();
  private final Map<String, String> handedOver = new HashMap<>();
  private final Set<String> names;
  private final Optional<SplittableRandom> seeds;
  private final ModelSize size = new ModelSize();

  /**
   * Starts a graph.
   *
   * @param name of the graph
   * @param reserved the names of its inputs and outputs
   * @param seed of all that is drawn; empty for one that the runtime chooses
   */
  GraphDraft(String name, Set<String> reserved, OptionalLong seed) {
    this.graph = GraphProto.newBuilder().setName(name);
    this.names = new HashSet<>(reserved);
    this.seeds = seed.stream().mapToObj(SplittableRandom::new).findFirst();
  }

  /** Adds an input: a batch of examples. */
  Value input(String name, Shape shape, String meaning) {
    graph.addInput(ValueInfos.batch(name, shape).setDocString(meaning));
    return new Value(name, false);
  }

  /** Adds an output: something about each example of the batch. */
  void output(String name, Value value, Shape shape, String meaning) {
    graph.addNode(node("Identity", List.of(value), name));
    graph.addOutput(ValueInfos.batch(name, shape).setDocString(meaning));
  }

  /** Adds the values of a parameter. */
  Value tensor(Parameter parameter) {
    float[] values = new float[parameter.size()];
    parameter.read(values);
    return tensor(parameter.name(), values, parameter.shape());
  }

  /**
   * Adds constant numbers.
   *
   * @throws IllegalArgumentException when the model becomes too large for a file
   * @throws IllegalStateException when one of them is not finite
   */
  Value tensor(String name, float[] values, long... shape) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalStateException(
            name
                + " holds "
                + value
                + ", expected finite numbers: training has diverged; export an earlier checkpoint");
      }
    }
    size.add(values.length);
    return constant(Tensors.floats(unused(name), values, shape));
  }

  /** Adds constant integers, {@code [values]}. */
  Value integers(String name, long... values) {
    return constant(Tensors.integers(unused(name), values, values.length));
  }

  private Value constant(TensorProto tensor) {
    graph.addInitializer(tensor);
    return new Value(tensor.getName(), false);
  }

  /** Adds a node with one output, which is named as the node is. */
  Value node(String name, String operator, List<Value> inputs, AttributeProto... attributes) {
    boolean drawn = inputs.stream().anyMatch(Value::drawn);
    NodeProto node = node(operator, inputs, unused(name), attributes);
    if (drawn) {
      perSample.add(node);
    } else {
      graph.addNode(node);
      computedOnce.add(node.getName());
    }
    return new Value(node.getName(), drawn);
  }

  /** Adds N(0, 1) draws, other ones for each posterior sample, of the shape of {@code like}. */
  Value noise(String name, Value like) {
    AttributeProto[] seed =
        seeds.stream()
            .map(random -> Attributes.number("seed", random.nextInt(SEEDS)))
            .toArray(AttributeProto[]::new);
    NodeProto node = node("RandomNormalLike", List.of(like), unused(name), seed);
    perSample.add(node);
    return new Value(node.getName(), true);
  }

  /**
   * Adds the loop over the posterior samples, once all that differs between them is there.
   *
   * @param drawn what a sample gives, {@code [N, shape]}
   * @param samples T, the number of samples
   * @return what all of them give, {@code [T, N, shape]}
   */
  Value loop(String name, Value drawn, Shape shape, int samples) {
    String loop = unused(name);
    String condition = unused(loop + ".condition");
    String goesOn = unused(loop + ".goes_on");
    GraphProto body =
        GraphProto.newBuilder()
            .setName(loop + ".body")
            .addInput(ValueInfos.scalar(unused(loop + ".iteration"), DataType.INT64))
            .addInput(ValueInfos.scalar(condition, DataType.BOOL))
            .addAllNode(perSample.stream().map(this::withInputsHandedOver).toList())
            .addNode(node("Identity", List.of(new Value(condition, true)), goesOn))
            .addOutput(ValueInfos.scalar(goesOn, DataType.BOOL))
            .addOutput(ValueInfos.batch(drawn.name(), shape))
            .build();
    perSample.clear();
    Value count = constant(Tensors.integers(unused(loop + ".count"), new long[] {samples}));
    Value always = constant(Tensors.truth(unused(loop + ".always")));
    graph.addNode(node("Loop", List.of(count, always), loop, Attributes.graph("body", body)));
    return new Value(loop, false);
  }

  /** Returns a node of the body that takes what is computed outside by way of {@link #handOver}. */
  private NodeProto withInputsHandedOver(NodeProto node) {
    NodeProto.Builder same = node.toBuilder();
    for (int i = 0; i < node.getInputCount(); i++) {
      if (computedOnce.contains(node.getInput(i))) {
        same.setInput(i, handedOver.computeIfAbsent(node.getInput(i), this::handOver));
      }
    }
    return same.build();
  }

  /**
   * Adds a sum of one term, which stays where it is: ONNX Runtime 1.22 aborts while it fuses
   * convolutions if the outputs of two of them go straight into a loop.
   */
  private String handOver(String computed) {
    String name = unused(computed + ".handed_over");
    graph.addNode(node("Sum", List.of(new Value(computed, false)), name));
    return name;
  }

  private static NodeProto node(
      String operator, List<Value> inputs, String output, AttributeProto... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setName(output).setOpType(operator).addOutput(output);
    inputs.forEach(input -> node.addInput(input.name()));
    return node.addAllAttribute(List.of(attributes)).build();
  }

  /** Returns a name that no tensor has yet, if possible {@code name} itself. */
  private String unused(String name) {
    String candidate = name;
    while (!names.add(candidate)) {
      candidate += "_";
    }
    return candidate;
  }

  GraphProto build() {
    return graph.build();
  }
}
