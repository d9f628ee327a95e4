package io.github.posteriori.onnx;

import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.onnx.schema.Onnx.AttributeProto;
import io.github.posteriori.onnx.schema.Onnx.GraphProto;
import io.github.posteriori.onnx.schema.Onnx.NodeProto;
import io.github.posteriori.onnx.schema.Onnx.TensorProto;
import io.github.posteriori.onnx.schema.Onnx.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A graph in the making. A node goes where its inputs are: what differs from one round of a loop to
 * the next, as what is drawn anew for each posterior sample, and all that follows from it, into the
 * body of the loop; everything else runs once.
 */
final class GraphDraft {
  /** ONNX states a seed as a float, which holds every integer below. */
  private static final int SEEDS = 1 << 24;

  private final GraphProto.Builder graph;
  private final List<NodeProto> perRound = new ArrayList<>();
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
    return tensor(parameter, parameter.shape());
  }

  /** Adds the values of a parameter in another shape. */
  Value tensor(Parameter parameter, long... shape) {
    float[] values = new float[parameter.size()];
    parameter.read(values);
    return tensor(parameter.name(), values, shape);
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
      perRound.add(node);
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
    perRound.add(node);
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
    GraphProto.Builder body =
        body(loop, unused(loop + ".iteration"), List.of())
            .addOutput(ValueInfos.batch(drawn.name(), shape));
    Value count = constant(Tensors.integers(unused(loop + ".count"), new long[] {samples}));
    graph.addNode(loop(loop, count, List.of(), body).addOutput(loop));
    return new Value(loop, false);
  }

  /** Returns the number of the round, from 0, of a loop that {@link #sums} will add. */
  Value round(String name) {
    return new Value(unused(name), true);
  }

  /**
   * Adds a loop that sums up, once all that differs between its rounds is there.
   *
   * @param round the number of the round
   * @param rounds how many there are, an integer
   * @param zeros what the sums begin with, of the shape of the terms
   * @param terms what each round adds
   * @return the sum of each term
   */
  List<Value> sums(String name, Value round, Value rounds, Value zeros, List<Value> terms) {
    String loop = unused(name);
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    List<Value> sums = new ArrayList<>();
    for (Value term : terms) {
      Value sum = new Value(unused(term.name() + ".before"), true);
      before.add(sum.name());
      after.add(node(term.name() + ".after", "Add", List.of(sum, term)).name());
      sums.add(new Value(unused(term.name() + ".sum"), false));
    }
    GraphProto.Builder body = body(loop, round.name(), before);
    after.forEach(sum -> body.addOutput(ValueInfos.floats(sum)));
    NodeProto.Builder node = loop(loop, rounds, Collections.nCopies(terms.size(), zeros), body);
    for (Value sum : sums) {
      node.addOutput(sum.name());
      computedOnce.add(sum.name());
    }
    graph.addNode(node);
    return sums;
  }

  /** Takes all that differs between rounds into a body that goes on without end. */
  private GraphProto.Builder body(String loop, String round, List<String> carried) {
    String condition = unused(loop + ".condition");
    String goesOn = unused(loop + ".goes_on");
    GraphProto.Builder body =
        GraphProto.newBuilder()
            .setName(loop + ".body")
            .addInput(ValueInfos.scalar(round, DataType.INT64))
            .addInput(ValueInfos.scalar(condition, DataType.BOOL));
    carried.forEach(name -> body.addInput(ValueInfos.floats(name)));
    body.addAllNode(perRound.stream().map(this::withInputsHandedOver).toList())
        .addNode(node("Identity", List.of(new Value(condition, true)), goesOn))
        .addOutput(ValueInfos.scalar(goesOn, DataType.BOOL));
    perRound.clear();
    return body;
  }

  private NodeProto.Builder loop(
      String name, Value rounds, List<Value> carried, GraphProto.Builder body) {
    Value always = constant(Tensors.truth(unused(name + ".always")));
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(name)
            .setOpType("Loop")
            .addInput(rounds.name())
            .addInput(always.name())
            .addAttribute(Attributes.graph("body", body.build()));
    carried.forEach(value -> node.addInput(value.name()));
    return node;
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
